// The documents at one account: dropped in, listed, opened. The address holds which one is open.
import { File, FileText, Image, Search } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { CallInput } from '../../../kernel/contract/route.ts';
import { useList } from '../../../kernel/web/queries.ts';
import { useMay } from '../../../kernel/web/session.ts';
import { useUrlState } from '../../../kernel/web/urlState.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { formatBytes } from '../../../ui/format.ts';
import type { GridColumn } from '../../../ui/gridTypes.ts';
import {
  Button,
  Checkbox,
  DateText,
  EmptyState,
  ErrorState,
  Missing,
  SearchField,
  SkeletonRows,
  useFormatSettings,
} from '../../../ui/index.ts';
import { type Document, listDocuments, MAX_BYTES } from '../api.ts';
import { useUploads } from './useUploads.ts';
import { typeWord } from './words.ts';

const DocumentDialog = lazy(() => import('./DocumentDialog.tsx'));
const rowId = (d: Document) => d.id;
const iconOf = (type: string) => (type.startsWith('image/') ? Image : type === 'application/pdf' ? FileText : File);

function columnsIn(locale: string): GridColumn<Document>[] {
  return [
    {
      id: 'title',
      header: 'Title',
      width: 320,
      minWidth: 180,
      text: (d) => d.title,
      isSortable: true,
      cell: (d) => {
        const Icon = iconOf(d.current.type);
        return (
          <span className="inline-flex min-w-0 items-center gap-2">
            <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
            <span className="truncate font-medium">{d.title}</span>
          </span>
        );
      },
    },
    {
      id: 'type',
      header: 'Type',
      width: 110,
      isSortable: true,
      text: (d) => typeWord(d.current.type, d.current.fileName),
      cell: (d) => typeWord(d.current.type, d.current.fileName),
    },
    {
      id: 'size',
      header: 'Size',
      width: 100,
      align: 'end',
      isSortable: true,
      sortValue: (d) => d.current.bytes,
      text: (d) => formatBytes(d.current.bytes, locale),
      cell: (d) => <span className="tabular">{formatBytes(d.current.bytes, locale)}</span>,
    },
    {
      id: 'version',
      header: 'Version',
      width: 90,
      align: 'end',
      isSortable: true,
      sortValue: (d) => d.current.number,
      text: (d) => String(d.current.number),
      cell: (d) => <span className="tabular">{d.current.number}</span>,
    },
    {
      id: 'by',
      header: 'By',
      width: 160,
      isSortable: true,
      text: (d) => d.current.uploadedByName ?? '',
      cell: (d) => d.current.uploadedByName ?? <Missing />,
    },
    {
      id: 'when',
      header: 'Added',
      width: 130,
      isSortable: true,
      sortValue: (d) => d.current.createdAt,
      text: (d) => d.current.createdAt.slice(0, 10),
      cell: (d) => <DateText value={d.current.createdAt} />,
      card: 'side',
    },
  ];
}

export default function DocumentsTab({ accountId }: { accountId: string }) {
  const [state, setState] = useUrlState();
  const { locale } = useFormatSettings();
  const mayWrite = useMay()('documents.write');
  const [text, setText] = useState('');
  const isArchive = state.archived === 'true';
  const q = text.trim().slice(0, 100);
  const list = useList(listDocuments, {
    query: { accountId, limit: 100, ...(q ? { q } : {}), ...(isArchive ? { archived: 'true' } : {}) },
  } as CallInput<typeof listDocuments>);
  const uploads = useUploads(accountId);
  const columns = useMemo(() => columnsIn(locale), [locale]);
  const openId = typeof state.document === 'string' ? state.document : null;
  const close = () => setState({ document: undefined });
  if (list.isPending) return <SkeletonRows rows={6} columns={4} />;
  if (list.isError && list.items.length === 0)
    return <ErrorState text={list.error.message} onRetry={() => void list.refetch()} />;
  const isBare = list.items.length === 0 && q === '' && !isArchive;
  const archived = (
    <Checkbox isSelected={isArchive} onChange={(isOn) => setState({ archived: isOn ? 'true' : undefined })}>
      Show archived
    </Checkbox>
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {mayWrite && (
        <FileDrop
          label={isBare ? 'Drop the first documents here' : 'Drop documents here'}
          hint={`Contracts, quotes, minutes: any kind, up to ${formatBytes(MAX_BYTES, locale)} each`}
          size={isBare ? 'md' : 'sm'}
          maxBytes={MAX_BYTES}
          onFiles={uploads.send}
          files={uploads.files}
          onRemove={uploads.remove}
        />
      )}
      {isBare && !mayWrite && <EmptyState icon={<FileText />} title="No documents yet" />}
      {isBare && archived}
      {!isBare && (
        <DataGrid<Document>
          label="Documents of this account"
          toolbar={
            <>
              <SearchField
                label="Find a document"
                placeholder="Find by title"
                shortcut="/"
                value={text}
                onChange={setText}
                className="w-56 max-md:flex-1"
              />
              {archived}
            </>
          }
          columns={columns}
          rows={list.items}
          rowId={rowId}
          onOpen={(d) => setState({ document: d.id })}
          empty={
            <EmptyState
              size="sm"
              icon={<Search />}
              title={q ? 'No document matches' : 'Nothing is archived'}
              actions={
                <Button
                  onPress={() => {
                    setText('');
                    setState({ archived: undefined });
                  }}
                >
                  Show all documents
                </Button>
              }
            />
          }
          hasMore={list.hasNextPage}
          isLoadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
        />
      )}
      <Suspense>{openId && <DocumentDialog key={openId} id={openId} onClose={close} />}</Suspense>
    </div>
  );
}
