// The papers of a contract: documents attached to it.
import { Paperclip, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { upload } from '../../../kernel/web/call.ts';
import { queryClient, refresh, useList } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { Button, Card, DateText, Link, toast } from '../../../ui/index.ts';
import { listDocuments, uploadDocument } from '../../documents/api.ts';

export function Papers({
  accountId,
  contractId,
  mayWrite,
}: {
  accountId: string;
  contractId: string;
  mayWrite: boolean;
}) {
  const papers = useList(listDocuments, { query: { linkKind: 'contract', linkId: contractId, limit: 50 } });
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async (files: File[]) => {
    setBusy(true);
    try {
      for (const file of files)
        await upload(uploadDocument, {
          files: [file],
          fields: { accountId, linkKind: 'contract', linkId: contractId },
        });
      toast.show({
        title: files.length === 1 ? `Attached: ${files[0]!.name}` : `${files.length} files attached`,
        tone: 'good',
      });
    } catch (reason) {
      toast.show({ title: 'The file could not be attached', text: asProblem(reason).message, tone: 'poor' });
    } finally {
      setBusy(false);
      await refresh(queryClient, ['documents.']);
    }
  };
  return (
    <Card
      title="Papers"
      actions={
        mayWrite && (
          <>
            <input
              ref={input}
              type="file"
              multiple
              className="hidden"
              aria-hidden="true"
              tabIndex={-1}
              onChange={(event) => {
                const files = [...(event.target.files ?? [])];
                event.target.value = '';
                if (files.length) void send(files);
              }}
            />
            <Button size="sm" icon={<Upload />} isLoading={isBusy} onPress={() => input.current?.click()}>
              Attach
            </Button>
          </>
        )
      }
    >
      {papers.items.length === 0 ? (
        <p className="text-muted">Attach the signed contract, so that nobody has to look for it.</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {papers.items.map((d) => (
            <li key={d.id} className="flex items-center gap-2">
              <Paperclip className="size-4 shrink-0 text-muted" aria-hidden="true" />
              <Link href={`/documents/${d.id}`} className="min-w-0 truncate">
                {d.title}
              </Link>
              <span className="ml-auto text-sm whitespace-nowrap text-muted">
                <DateText value={d.createdAt.slice(0, 10)} style="short" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
