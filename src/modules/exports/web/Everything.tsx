// Everything of the workspace as one file: how far it is, a way to stop, and who took it last.
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { download } from '../../../kernel/web/call.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { saveBlob } from '../../../ui/chartFiles.ts';
import { formatBytes } from '../../../ui/format.ts';
import { Banner, Button, Card, ErrorState, ProgressBar, RelativeTime, Skeleton, toast } from '../../../ui/index.ts';
import { useFormatSettings } from '../../../ui/uiContext.ts';
import { exportWorkspace, lastWorkspaceExport } from '../api.ts';

export default function Everything() {
  const { locale } = useFormatSettings();
  const found = useCall(lastWorkspaceExport, {});
  const [bytes, setBytes] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  // Who leaves the page stops it: a file that nobody is there to take is made for nothing.
  useEffect(() => () => stop.current?.abort(), []);

  const take = async () => {
    stop.current = new AbortController();
    setProblem(null);
    setBytes(0);
    try {
      const { file, fileName } = await download(
        exportWorkspace,
        {},
        { onBytes: setBytes, signal: stop.current.signal },
      );
      saveBlob(file, fileName);
      toast.show({ title: 'Everything is in the file', text: fileName, tone: 'good' });
    } catch (error) {
      if ((error as Error).name !== 'AbortError') setProblem(asProblem(error).message);
    }
    setBytes(null);
    void found.refetch();
  };
  const last = found.data?.last;
  return (
    <Card
      title="Take everything along"
      subtitle="One zip with every table as JSON Lines and every stored file. An empty installation restores it. Passwords, second factors and API keys stay here."
    >
      {problem && (
        <Banner tone="poor" className="mb-3" title="The file is not whole">
          {problem}
        </Banner>
      )}
      {found.error ? (
        <ErrorState size="sm" text={found.error.message} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Skeleton className="h-5 w-64" />
      ) : bytes !== null ? (
        <ProgressBar
          label={`Making the file: ${formatBytes(bytes, locale)} so far`}
          isIndeterminate
          onCancel={() => stop.current?.abort()}
        />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
          <p className="min-w-0 text-base text-muted">
            {!found.data.can.run ? (
              'You see some accounts only. An admin who sees all of them can take everything.'
            ) : last ? (
              <>
                Last taken <RelativeTime value={last.at} /> by {last.by}
                {last.bytes === null ? ', not to the end' : `, ${formatBytes(last.bytes, locale)}`}
              </>
            ) : (
              'Nobody has taken it yet.'
            )}
          </p>
          {found.data.can.run && (
            <Button icon={<Download />} onPress={() => void take()}>
              Download everything
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}
