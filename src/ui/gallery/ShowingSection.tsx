// Gallery: everything that only shows.
import { Inbox, Plus, Tag } from 'lucide-react';
import {
  Avatar,
  AvatarStack,
  Badge,
  Button,
  Card,
  DateText,
  EmptyState,
  ErrorState,
  IconButton,
  KeyValueList,
  Logo,
  Missing,
  Money,
  Num,
  PageHeader,
  ProgressBar,
  RelativeTime,
  SkeletonRows,
  Stat,
  StatusPill,
  Tabs,
} from '../index.ts';
import { Part, Row } from './Part.tsx';

const people = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov'];

export function ShowingSection() {
  return (
    <>
      <Part name="PageHeader" wide>
        <div className="-m-pad overflow-hidden rounded-ui">
          <PageHeader
            leading={<Avatar name="Northwind Traders" shape="square" size="lg" isDecorative />}
            title="Northwind Traders"
            badges={<StatusPill tone="good" label="Healthy" />}
            subtitle="Wholesale · Hamburg · since 2019"
            actions={
              <>
                <Button>Share</Button>
                <Button variant="primary" icon={<Plus />}>
                  Add
                </Button>
              </>
            }
            tabs={
              <Tabs
                label="Pages"
                selected="b"
                items={[
                  { id: 'a', label: 'Overview', href: '#a' },
                  { id: 'b', label: 'People', href: '#b', count: 14 },
                  { id: 'c', label: 'Documents', href: '#c' },
                ]}
              />
            }
          />
        </div>
      </Part>
      <Part name="Stat" wide>
        <div className="grid grid-cols-2 gap-6 lg:grid-cols-5">
          <Stat
            label="Total"
            value={<Money value={{ amount: 482_310_000, currency: 'EUR' }} style="compact" />}
            onExplain={() => {}}
          />
          <Stat
            label="Kept"
            value="103.4"
            unit="%"
            change={{ text: '+1.2 points', tone: 'good' }}
            hint="since March"
            onExplain={() => {}}
          />
          <Stat
            label="At risk"
            value={<Money value={{ amount: 31_500_000, currency: 'EUR' }} style="compact" />}
            change={{ text: '3 rows', tone: 'poor' }}
          />
          <Stat label="Due this quarter" value="7" hint="of 42" />
          <Stat label="Loading" value="" isLoading />
        </div>
      </Part>
      <Part name="Badge, StatusPill">
        <Row>
          {(['neutral', 'accent', 'good', 'watch', 'poor', 'info', 'outline'] as const).map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
          <Badge icon={<Tag />} onRemove={() => {}}>
            Removable
          </Badge>
        </Row>
        <Row>
          <StatusPill tone="good" label="On track" />
          <StatusPill tone="watch" label="Watch" detail="−4" />
          <StatusPill tone="poor" label="At risk" detail="38" />
          <StatusPill tone="info" label="Running" />
          <StatusPill tone="neutral" label="No data" />
        </Row>
        <Row>
          <StatusPill tone="good" label="On track" variant="plain" />
          <StatusPill tone="watch" label="Watch" variant="plain" />
          <StatusPill tone="poor" label="At risk" variant="plain" />
        </Row>
      </Part>
      <Part name="Avatar, Logo">
        <Row>
          {people.map((name) => (
            <Avatar key={name} name={name} size="md" />
          ))}
          <Avatar name="Square Ltd" shape="square" size="lg" />
          <AvatarStack names={people} />
        </Row>
        <Logo name="Product" size={28} />
      </Part>
      <Part name="Money, Num, DateText, RelativeTime">
        <KeyValueList
          items={[
            { label: 'Money', value: <Money value={{ amount: 123_456_789, currency: 'EUR' }} /> },
            { label: 'Full', value: <Money value={{ amount: 123_456_789, currency: 'USD' }} style="full" /> },
            { label: 'Compact', value: <Money value={{ amount: 123_456_789, currency: 'EUR' }} style="compact" /> },
            { label: 'Ratio', value: <Num value={0.9734} percent digits={1} /> },
            { label: 'Change', value: <Num value={12.5} sign unit="points" /> },
            { label: 'Date', value: <DateText value="2026-12-31" relativeTo="2026-11-22" /> },
            { label: 'Moment', value: <RelativeTime value="2026-11-20T09:30:00Z" /> },
            { label: 'Unknown', value: <Missing /> },
          ]}
        />
      </Part>
      <Part name="Card, KeyValueList">
        <Card
          title="Facts"
          subtitle="Checked last week"
          actions={<IconButton label="Add a fact" icon={<Plus />} size="sm" />}
          footer="Changed by Ada, 3 days ago"
        >
          <KeyValueList
            layout="stacked"
            columns={2}
            items={people.slice(0, 4).map((name, index) => ({ label: `Fact ${index + 1}`, value: name }))}
          />
        </Card>
      </Part>
      <Part name="EmptyState, ErrorState">
        <EmptyState
          icon={<Inbox />}
          title="No documents yet"
          text="Drop the contract or the last deck here, and it is found from every page."
          actions={
            <>
              <Button variant="primary">Add a document</Button>
              <Button variant="quiet">Load sample data</Button>
            </>
          }
        />
        <ErrorState text="The server did not answer in time." onRetry={() => {}} requestId="0198f2" size="sm" />
      </Part>
      <Part name="ProgressBar, Skeleton">
        <ProgressBar label="Importing" value={1204} max={5000} unit="rows" secondsLeft={75} onCancel={() => {}} />
        <ProgressBar label="Preparing" isIndeterminate />
        <SkeletonRows rows={4} columns={3} />
      </Part>
    </>
  );
}
