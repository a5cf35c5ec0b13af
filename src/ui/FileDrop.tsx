// A place to drop files or to choose them, and what becomes of each. Import by path.
import { File as FileIcon, Upload, X } from 'lucide-react';
import { useState } from 'react';
import { DropZone, FileTrigger, isFileDropItem, Text } from 'react-aria-components';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import { formatBytes, formatNumber } from './format.ts';
import { IconButton } from './IconButton.tsx';
import { useFormatSettings } from './uiContext.ts';

export type DroppedFile = {
  id: string;
  name: string;
  size: number;
  /** 0 to 1 while it is sent. */
  progress?: number;
  error?: string;
};

export type FileDropProps = {
  label: string;
  /** What may be dropped, in words: "CSV or XLSX, up to 20 MB". */
  hint?: string;
  /** Endings or types: ['.csv', 'image/*']. */
  accept?: readonly string[];
  multiple?: boolean;
  maxBytes?: number;
  /** `refused` says in words which of the files given with them were not taken, for pages that go elsewhere now. */
  onFiles: (files: File[], refused: readonly string[]) => void;
  files?: readonly DroppedFile[];
  onRemove?: (id: string) => void;
  size?: 'sm' | 'md';
};

/** Does the file fit one of the endings or types? No list accepts all. */
export function isAccepted(file: { name: string; type: string }, accept: readonly string[] | undefined): boolean {
  if (!accept || accept.length === 0) return true;
  return accept.some((rule) => {
    if (rule.startsWith('.')) return file.name.toLowerCase().endsWith(rule.toLowerCase());
    return rule.endsWith('/*') ? file.type.startsWith(rule.slice(0, -1)) : file.type === rule;
  });
}

export function FileDrop({
  label,
  hint,
  accept,
  multiple = true,
  maxBytes,
  onFiles,
  files = [],
  onRemove,
  size = 'md',
}: FileDropProps) {
  const { locale } = useFormatSettings();
  const [refused, setRefused] = useState<string[]>([]);
  const take = (given: File[]) => {
    const problems: string[] = [];
    const good = given.filter((file) => {
      if (!isAccepted(file, accept)) problems.push(`${file.name}: this kind of file is not taken here.`);
      else if (maxBytes !== undefined && file.size > maxBytes)
        problems.push(`${file.name} is larger than ${formatBytes(maxBytes, locale)}.`);
      else return true;
      return false;
    });
    setRefused(problems);
    if (good.length > 0) onFiles(multiple ? good : good.slice(0, 1), problems);
  };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <DropZone
        getDropOperation={() => 'copy'}
        onDrop={async (event) =>
          take(await Promise.all(event.items.filter(isFileDropItem).map((item) => item.getFile())))
        }
        className={({ isDropTarget }) =>
          cx(
            'flex flex-col items-center justify-center gap-2 rounded-ui border border-dashed px-6 text-center transition-colors',
            size === 'md' ? 'py-10' : 'py-5',
            isDropTarget ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface',
          )
        }
      >
        <Upload aria-hidden="true" className="size-5 text-muted" />
        <Text slot="label" className="text-base font-medium text-ink">
          {label}
        </Text>
        {hint && <span className="text-sm text-muted">{hint}</span>}
        <FileTrigger
          acceptedFileTypes={accept ? [...accept] : undefined}
          allowsMultiple={multiple}
          onSelect={(list) => take(list ? [...list] : [])}
        >
          <Button size="sm">{multiple ? 'Choose files' : 'Choose a file'}</Button>
        </FileTrigger>
      </DropZone>
      {refused.length > 0 && (
        <ul role="alert" className="text-sm text-poor-text">
          {refused.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {files.length > 0 && (
        <ul aria-label="Files" className="divide-y divide-line rounded-ui border border-line">
          {files.map((file) => (
            <li key={file.id} className="flex items-center gap-3 px-3 py-2">
              <FileIcon aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <div className="min-w-0 flex-1">
                <div className="truncate text-base">{file.name}</div>
                {file.error ? (
                  <div className="text-sm text-poor-text">{file.error}</div>
                ) : (
                  <div className="tabular text-sm text-muted">
                    {formatBytes(file.size, locale)}
                    {file.progress !== undefined &&
                      file.progress < 1 &&
                      `, ${formatNumber(file.progress, locale, { percent: true, digits: 0 })} sent`}
                  </div>
                )}
              </div>
              {onRemove && (
                <IconButton label={`Remove ${file.name}`} size="sm" icon={<X />} onPress={() => onRemove(file.id)} />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
