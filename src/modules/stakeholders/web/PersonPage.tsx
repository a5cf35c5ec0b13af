// One person: how to reach them, what they are at each account, possible duplicates. Edited in a drawer.
import { useParams } from '@tanstack/react-router';
import { Archive, ArchiveRestore, Ellipsis, GitMerge, Pencil } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import {
  Avatar,
  Badge,
  Banner,
  Button,
  Card,
  DateText,
  EmptyState,
  ErrorState,
  IconButton,
  KeyValueList,
  Link,
  Menu,
  Missing,
  type Option,
  PageHeader,
  SkeletonRows,
  toast,
} from '../../../ui/index.ts';
import {
  archivePerson,
  duplicatePeople,
  getPerson,
  type PersonPage as Page,
  type Role,
  restorePerson,
} from '../api.ts';
import { roleText } from './columns.tsx';
import { InfluenceMark, Private, StanceMark } from './marks.tsx';
import { usePeopleAt } from './peopleAt.ts';
import { cadenceText } from './words.ts';

const EditPerson = lazy(() => import('./EditPerson.tsx'));
const MergePerson = lazy(() => import('./MergePerson.tsx'));

export default function PersonPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const person = useCall(getPerson, { params: { id } });
  usePlace(
    person.data ? { title: person.data.name, above: [{ label: 'People', href: '/people' }], isThing: true } : null,
  );
  if (person.data) return <Shown key={id} person={person.data} />;
  if (!person.error)
    return (
      <div aria-busy="true" className="px-4 pt-5 md:px-6">
        <SkeletonRows rows={8} columns={3} />
      </div>
    );
  return person.error.status === 404 || person.error.status === 422 ? (
    <EmptyState
      title="There is no such person, or you may not see them"
      text="People are seen with the accounts they belong to."
      actions={<Button href="/people">Go to people</Button>}
    />
  ) : (
    <ErrorState text={person.error.message} onRetry={() => void person.refetch()} />
  );
}

function Shown({ person }: { person: Page }) {
  const [editing, setEditing] = useState<{ accountId?: string } | null>(null);
  const [merging, setMerging] = useState<{ duplicate?: Option } | null>(null);
  const archive = useVerb(archivePerson);
  const restore = useVerb(restorePerson);
  const params = { id: person.id };
  const fail = (error: Error) => toast.show({ title: 'Not changed', text: error.message, tone: 'poor' });
  const bringBack = () => restore.mutate({ params }, { onError: fail });
  const putAway = () =>
    archive.mutate(
      { params },
      {
        onSuccess: () =>
          toast.show({ title: `${person.name} was archived`, action: { label: 'Undo', onAction: bringBack } }),
        onError: fail,
      },
    );
  const mayEdit = person.can.update && !person.archivedAt;
  return (
    <>
      <PageHeader
        leading={<Avatar name={person.name} size="lg" isDecorative />}
        title={person.name}
        badges={
          <>
            {person.doNotContact && <Badge tone="watch">Do not contact</Badge>}
            {person.archivedAt && <Badge tone="watch">Archived</Badge>}
          </>
        }
        subtitle={
          person.accounts[0]
            ? [person.accounts[0].title, person.accounts[0].accountName].filter(Boolean).join(' · ')
            : undefined
        }
        actions={
          <>
            {mayEdit && (
              <Button icon={<Pencil />} onPress={() => setEditing({})}>
                Edit
              </Button>
            )}
            {(person.can.merge || person.can.archive) && (
              <Menu
                label="More actions"
                placement="bottom end"
                trigger={<IconButton label="More actions" icon={<Ellipsis />} variant="secondary" />}
                items={[
                  ...(person.can.merge && !person.archivedAt
                    ? [
                        {
                          id: 'merge',
                          label: 'Merge a duplicate…',
                          icon: <GitMerge />,
                          onAction: () => setMerging({}),
                        },
                      ]
                    : []),
                  ...(person.can.archive
                    ? [
                        person.archivedAt
                          ? { id: 'restore', label: 'Restore', icon: <ArchiveRestore />, onAction: bringBack }
                          : { id: 'archive', label: 'Archive', icon: <Archive />, onAction: putAway },
                      ]
                    : []),
                ]}
              />
            )}
          </>
        }
      />
      {person.archivedAt && (
        <div className="px-4 pt-4 md:px-6">
          <Banner
            tone="watch"
            title={person.mergedIntoId ? 'This person was merged into another entry' : 'This person is archived'}
            actions={
              person.mergedIntoId ? (
                <Button size="sm" href={`/people/${person.mergedIntoId}`}>
                  Open the other entry
                </Button>
              ) : person.can.archive ? (
                <Button size="sm" onPress={bringBack} isLoading={restore.isPending}>
                  Restore
                </Button>
              ) : undefined
            }
          >
            They are out of lists and counts. Nothing is lost.
          </Banner>
        </div>
      )}
      <div className="grid items-start gap-4 p-4 md:p-6 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          {person.accounts.length === 0 && (
            <Card title="Accounts">
              <p className="text-base text-muted">
                Not at any account that you see. Open an account’s People tab and add {person.name} there.
              </p>
            </Card>
          )}
          {person.accounts.map((role) => (
            <RoleCard
              key={role.accountId}
              role={role}
              onEdit={mayEdit ? () => setEditing({ accountId: role.accountId }) : undefined}
            />
          ))}
          {person.notes && (
            <Card title="Notes">
              <p className="text-base whitespace-pre-wrap">{person.notes}</p>
            </Card>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Contact">
            <KeyValueList
              items={[
                {
                  label: 'E-mail',
                  value: person.email ? <Link href={`mailto:${person.email}`}>{person.email}</Link> : <Missing />,
                },
                {
                  label: 'Phone',
                  value: person.phone ? <Link href={`tel:${person.phone}`}>{person.phone}</Link> : <Missing />,
                },
                {
                  label: 'Mobile',
                  value: person.mobile ? <Link href={`tel:${person.mobile}`}>{person.mobile}</Link> : <Missing />,
                },
                { label: 'Language', value: person.language ?? <Missing /> },
              ]}
            />
          </Card>
          {person.can.merge && !person.archivedAt && (
            <Duplicates person={person} onMerge={(duplicate) => setMerging({ duplicate })} />
          )}
          <Card title="Record">
            <KeyValueList
              items={[
                { label: 'Added', value: <DateText value={person.createdAt} /> },
                { label: 'Updated', value: <DateText value={person.updatedAt} /> },
                ...person.externalIds.map((x) => ({
                  label: `Id in ${x.system}`,
                  value: <span className="tabular text-sm break-all">{x.id}</span>,
                })),
              ]}
            />
          </Card>
        </div>
      </div>
      <Suspense>
        {editing?.accountId && (
          <EditAt personId={person.id} accountId={editing.accountId} onClose={() => setEditing(null)} />
        )}
        {editing && !editing.accountId && <EditPerson personId={person.id} onClose={() => setEditing(null)} />}
        {merging && <MergePerson person={person} {...merging} onClose={() => setMerging(null)} />}
      </Suspense>
    </>
  );
}

/** The drawer with everybody at the account, whom the person could report to. */
function EditAt({ accountId, ...rest }: { personId: string; accountId: string; onClose: () => void }) {
  const people = usePeopleAt(accountId, true);
  return <EditPerson {...rest} accountId={accountId} people={people.rows} />;
}

function RoleCard({ role, onEdit }: { role: Role; onEdit: (() => void) | undefined }) {
  const hiddenOr = (text: string) => (role.hidden ? <Private /> : text || <Missing />);
  return (
    <Card
      title={<Link href={`/accounts/${role.accountId}?tab=people`}>{role.accountName}</Link>}
      {...(onEdit
        ? {
            actions: (
              <IconButton label={`Edit the role at ${role.accountName}`} icon={<Pencil />} size="sm" onPress={onEdit} />
            ),
          }
        : {})}
    >
      <div className="flex flex-col gap-3">
        {(role.isPrimary || role.endedOn) && (
          <div className="flex flex-wrap items-center gap-2">
            {role.isPrimary && <Badge tone="outline">Main account</Badge>}
            {role.endedOn && (
              <Badge tone="watch">
                Left on <DateText value={role.endedOn} />
              </Badge>
            )}
          </div>
        )}
        <KeyValueList
          columns={2}
          items={[
            { label: 'Title', value: role.title ?? <Missing /> },
            { label: 'Department', value: role.department ?? <Missing /> },
            { label: 'Part in the decision', value: hiddenOr(roleText.part(role)) },
            { label: 'Stance towards us', value: <StanceMark role={role} /> },
            { label: 'Influence', value: <InfluenceMark role={role} /> },
            { label: 'Coverage', value: hiddenOr(roleText.coverage(role)) },
            {
              label: 'Reports to',
              value: role.reportsToId ? (
                <Link href={`/people/${role.reportsToId}`}>{role.reportsToName ?? 'Somebody'}</Link>
              ) : (
                <Missing />
              ),
            },
            {
              label: 'Cadence',
              value: `${cadenceText(role)}${role.cadenceIsDefault ? ' (default)' : ''}`,
            },
          ]}
        />
      </div>
    </Card>
  );
}

function Duplicates({ person, onMerge }: { person: Page; onMerge: (duplicate: Option) => void }) {
  const found = useCall(duplicatePeople, { params: { id: person.id } });
  if (!found.data || found.data.items.length === 0) return null;
  return (
    <Card title="Possible duplicates" padding="none">
      <ul>
        {found.data.items.slice(0, 5).map((item) => (
          <li key={item.id} className="flex items-center gap-3 border-t border-line px-pad py-2">
            <span className="min-w-0 flex-1">
              <Link href={`/people/${item.id}`} tone="text" className="block truncate">
                {item.name}
              </Link>
              <span className="block truncate text-sm text-muted">
                {[item.email, ...item.accounts].filter(Boolean).join(' · ')}
              </span>
            </span>
            <Button size="sm" onPress={() => onMerge({ value: item.id, label: item.name })}>
              Merge
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
