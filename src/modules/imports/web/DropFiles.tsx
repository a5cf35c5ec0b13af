// Drop one or several lists: they are sent with progress, kept on the server, and the wizard opens.
import { useRef, useState } from 'react';
import { Problem } from '../../../kernel/contract/problem.ts';
import { upload } from '../../../kernel/web/call.ts';
import { useGo } from '../../../kernel/web/urlState.ts';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { Button, ProgressBar, toast } from '../../../ui/index.ts';
import { createImport } from '../api.ts';

const MAX_FILES = 20;

export default function DropFiles({ onDone }: { onDone?: () => void }) {
  const go = useGo();
  const [files, setFiles] = useState<File[]>([]);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);

  async function send(chosen: File[], refused: readonly string[] = []): Promise<void> {
    setFiles(chosen);
    if (chosen.length > MAX_FILES) return setProblem(`At most ${MAX_FILES} files at once; these are ${chosen.length}.`);
    setProblem(null);
    setShare(0);
    stop.current = new AbortController();
    try {
      const one = await upload(createImport, { files: chosen }, { onProgress: setShare, signal: stop.current.signal });
      onDone?.();
      go(`/import/${one.id}`);
      if (refused.length > 0)
        toast.show({
          tone: 'watch',
          title: refused.length === 1 ? 'One file stayed out' : `${refused.length} files stayed out`,
          text: refused.join(' '),
        });
    } catch (error) {
      setShare(null);
      if (error instanceof DOMException) setFiles([]);
      else setProblem(error instanceof Problem ? error.message : 'The files could not be sent.');
    }
  }

  return (
    <div className="flex flex-col gap-3">
      <FileDrop
        label="Drop your lists here"
        hint="CSV or Excel, several files at once: accounts first, and what belongs to them. Nothing is written before you agree."
        accept={['.csv', '.tsv', '.txt', '.xlsx', '.xlsm']}
        onFiles={(chosen, refused) => share === null && void send(chosen, refused)}
        files={files.map((f) => ({ id: f.name, name: f.name, size: f.size }))}
      />
      {share !== null && (
        <ProgressBar
          label={share < 1 ? 'Sending' : 'Taking in'}
          value={share}
          max={1}
          isIndeterminate={share >= 1}
          onCancel={() => stop.current?.abort()}
        />
      )}
      {problem && (
        <div role="alert" className="flex flex-wrap items-center gap-3 text-base text-poor-text">
          <span className="min-w-0 flex-1">{problem}</span>
          {files.length <= MAX_FILES && (
            <Button size="sm" onPress={() => void send(files)}>
              Send again
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
