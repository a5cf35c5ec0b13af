// One document: shown, renamed, with its versions; a newer one uploaded; put away with an undo.
import { useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Download, ExternalLink, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { Problem } from '../../../kernel/contract/problem.ts';
import { hrefOf, upload } from '../../../kernel/web/call.ts';
import { refresh, useCall, useList, useVerb } from '../../../kernel/web/queries.ts';
import { useSubmit } from '../../../kernel/web/submit.ts';
import { formatBytes } from '../../../ui/format.ts';
import {
  Badge,
  Banner,
  Button,
  cx,
  DateText,
  Dialog,
  ErrorState,
  IconButton,
  InlineEdit,
  ProgressBar,
  SkeletonRows,
  toast,
  useFormatSettings,
} from '../../../ui/index.ts';
import {
  addDocumentVersion,
  archiveDocument,
  type Document,
  downloadDocument,
  getDocument,
  listDocumentVersions,
  restoreDocument,
  updateDocument,
} from '../api.ts';
import { Preview } from './Preview.tsx';
import { typeWord } from './words.ts';

export default function DocumentDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useCall(getDocument, { params: { id } });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="xl"
      title={found.data?.title ?? 'Document'}
      {...(found.data ? { footer: <Footer document={found.data} onClose={onClose} /> } : {})}
    >
      {found.data ? (
        <DocumentBody document={found.data} />
      ) : found.isError ? (
        <ErrorState text={found.error.message} onRetry={() => void found.refetch()} />
      ) : (
        <SkeletonRows rows={6} columns={2} />
      )}
    </Dialog>
  );
}

function Footer({ document, onClose }: { document: Document; onClose: () => void }) {
  const archive = useVerb(archiveDocument);
  const restore = useVerb(restoreDocument);
  const params = { id: document.id };
  const fail = (error: Error) => toast.show({ title: 'Not changed', text: error.message, tone: 'poor' });
  const back = () => restore.mutate({ params }, { onError: fail });
  return (
    <>
      {document.can.archive &&
        (document.archivedAt ? (
          <Button variant="quiet" icon={<ArchiveRestore />} onPress={back} isLoading={restore.isPending}>
            Restore
          </Button>
        ) : (
          <Button
            variant="quiet"
            icon={<Archive />}
            isLoading={archive.isPending}
            onPress={() =>
              archive.mutate(
                { params },
                {
                  onSuccess: () => {
                    toast.show({
                      title: `${document.title} was archived`,
                      action: { label: 'Undo', onAction: back },
                    });
                    onClose();
                  },
                  onError: fail,
                },
              )
            }
          >
            Archive
          </Button>
        ))}
      <Button icon={<Download />} href={hrefOf(downloadDocument, { params, query: {} })} download>
        Download
      </Button>
    </>
  );
}

export function DocumentBody({ document }: { document: Document }) {
  const { locale } = useFormatSettings();
  const client = useQueryClient();
  const [number, setNumber] = useState<number | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const rename = useVerb(updateDocument);
  const versions = useList(listDocumentVersions, { params: { id: document.id }, query: { limit: 50 } });
  const shown = number ?? document.current.number;
  const mayEdit = document.can.update && !document.archivedAt;
  const add = useSubmit(async (file: File) => {
    setProgress(0);
    try {
      const now = await upload(
        addDocumentVersion,
        { params: { id: document.id }, files: [file] },
        { onProgress: setProgress },
      );
      setNumber(null);
      toast.show({ title: `Version ${now.current.number} is here`, tone: 'good' });
      await refresh(client, ['documents.']);
    } finally {
      setProgress(null);
    }
  });
  const message = add.message();
  return (
    <div className="flex min-w-0 flex-col gap-5">
      {document.archivedAt && <Banner tone="watch">This document is archived. Nothing of it is lost.</Banner>}
      {message && <Banner tone="poor">{message}</Banner>}
      {mayEdit && (
        <div className="flex items-baseline gap-3">
          <span className="text-sm text-muted">Title</span>
          <InlineEdit
            label="Title"
            value={document.title}
            maxLength={300}
            className="flex-1"
            validate={(value) => (value.trim() === '' ? 'Give it a title' : null)}
            onSave={async (title) => {
              try {
                await rename.mutateAsync({ params: { id: document.id }, body: { version: document.version, title } });
              } catch (error) {
                await refresh(client, ['documents.']);
                if (error instanceof Problem && error.code === 'version_conflict' && error.current)
                  throw new Error(
                    `A colleague changed this meanwhile; it is now “${(error.current as Document).title}”. Save again to use yours.`,
                  );
                throw error;
              }
            }}
          />
        </div>
      )}
      <Preview key={shown} id={document.id} number={shown} title={document.title} />
      <section className="flex flex-col gap-2" aria-label="Versions">
        <div className="flex items-center gap-3">
          <h3 className="flex-1 text-base font-semibold">Versions</h3>
          {mayEdit && (
            <Button size="sm" icon={<Upload />} isLoading={add.isBusy} onPress={() => picker.current?.click()}>
              New version
            </Button>
          )}
          <input
            ref={picker}
            type="file"
            hidden
            aria-label="File of the new version"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file) void add.run(file);
            }}
          />
        </div>
        {progress !== null && (
          <ProgressBar label="Sending the new version" value={Math.round(progress * 100)} max={100} unit="%" />
        )}
        {versions.isPending ? (
          <SkeletonRows rows={2} columns={3} />
        ) : versions.isError ? (
          <ErrorState size="sm" text={versions.error.message} onRetry={() => void versions.refetch()} />
        ) : (
          <ul className="divide-y divide-line rounded-ui border border-line">
            {versions.items.map((v) => (
              <li key={v.id} className={cx('flex items-center gap-3 px-3 py-2', v.number === shown && 'bg-sunken')}>
                <span className="min-w-0 flex-1">
                  <span className="flex flex-wrap items-center gap-x-2 text-base">
                    <span className="tabular font-medium">Version {v.number}</span>
                    {v.number === document.current.number && <Badge tone="accent">Newest</Badge>}
                    <span className="min-w-0 truncate text-muted">{v.fileName}</span>
                  </span>
                  <span className="block text-sm text-muted">
                    {typeWord(v.type, v.fileName)} · {formatBytes(v.bytes, locale)} · {v.uploadedByName ?? 'Somebody'} ·{' '}
                    <DateText value={v.createdAt} />
                  </span>
                  {v.note && <span className="block text-sm">{v.note}</span>}
                </span>
                {v.number !== shown && (
                  <IconButton
                    label={`Show version ${v.number}`}
                    icon={<ExternalLink />}
                    size="sm"
                    onPress={() => setNumber(v.number)}
                  />
                )}
                <Button
                  size="sm"
                  variant="quiet"
                  icon={<Download />}
                  href={hrefOf(downloadDocument, { params: { id: document.id }, query: { number: v.number } })}
                  download
                  aria-label={`Download version ${v.number}`}
                >
                  Download
                </Button>
              </li>
            ))}
          </ul>
        )}
        {versions.hasNextPage && (
          <Button size="sm" onPress={() => void versions.fetchNextPage()} isLoading={versions.isFetchingNextPage}>
            Older versions
          </Button>
        )}
      </section>
    </div>
  );
}
