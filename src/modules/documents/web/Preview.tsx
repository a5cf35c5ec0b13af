// The content of a document where a browser can show it without harm; everything else is downloaded.
import { Download, FileQuestion } from 'lucide-react';
import { useEffect, useState } from 'react';
import { hrefOf } from '../../../kernel/web/call.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { Button, EmptyState, ErrorState, Skeleton } from '../../../ui/index.ts';
import { downloadDocument, previewDocument } from '../api.ts';

export function Preview({ id, number, title }: { id: string; number: number; title: string }) {
  const preview = useCall(previewDocument, { params: { id }, query: { number } });
  if (preview.isPending) return <Skeleton className="h-96 w-full" />;
  if (preview.isError)
    return <ErrorState size="sm" text={preview.error.message} onRetry={() => void preview.refetch()} />;
  const { kind, url, text, cut } = preview.data;
  if (kind === 'text' && text !== null)
    return (
      <section aria-label={`Text of ${title}`}>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling text must be reachable by keyboard
          tabIndex={0}
          className="scroll-quiet max-h-[60dvh] overflow-auto rounded-ui border border-line bg-sunken p-4 text-sm whitespace-pre-wrap"
        >
          {text}
        </pre>
        {cut && <p className="pt-2 text-sm text-muted">This is the beginning. Download it for the rest.</p>}
      </section>
    );
  if (kind === 'image' && url)
    return (
      <img
        src={url}
        alt={title}
        className="mx-auto max-h-[60dvh] max-w-full rounded-ui border border-line bg-sunken object-contain"
      />
    );
  if (kind === 'pdf' && url) return <PdfFrame url={url} title={title} />;
  return (
    <EmptyState
      size="sm"
      icon={<FileQuestion />}
      title="This kind of file is not shown here"
      actions={
        <Button icon={<Download />} href={hrefOf(downloadDocument, { params: { id }, query: { number } })} download>
          Download
        </Button>
      }
    />
  );
}

/** The server's answers refuse to stand in frames; the fetched content may. */
function PdfFrame({ url, title }: { url: string; title: string }) {
  const [shown, setShown] = useState<string | null>(null);
  const [problem, setProblem] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    let made: string | null = null;
    fetch(url, { signal: stop.signal, credentials: 'same-origin' })
      .then(async (response) => {
        if (!response.ok) throw new Error(String(response.status));
        made = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: 'application/pdf' }));
        if (stop.signal.aborted) URL.revokeObjectURL(made);
        else setShown(made);
      })
      .catch(() => !stop.signal.aborted && setProblem(true));
    return () => {
      stop.abort();
      if (made) URL.revokeObjectURL(made);
    };
  }, [url]);
  return (
    <div className="flex flex-col gap-2">
      {problem ? (
        <ErrorState size="sm" text="The pages could not be fetched. Download the document instead." />
      ) : shown ? (
        <iframe src={shown} title={title} className="h-[60dvh] w-full rounded-ui border border-line bg-sunken" />
      ) : (
        <Skeleton className="h-[60dvh] w-full" />
      )}
    </div>
  );
}
