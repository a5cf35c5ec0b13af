// Asks before something that cannot be taken back. Where an undo is possible, do it at once and offer the undo instead.
import { type ReactNode, useState } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { TextField } from './TextField.tsx';

export type ConfirmDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  text?: ReactNode;
  /** The verb: "Delete 3 rows", never "OK". */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: 'danger' | 'primary';
  /** May be async: the button then waits, and the dialog closes when it is done. A thrown error is shown. */
  onConfirm: () => void | Promise<void>;
  /** The reader must type this first. */
  typeToConfirm?: string;
};

export function ConfirmDialog({
  isOpen,
  onOpenChange,
  title,
  text,
  confirmLabel,
  cancelLabel = 'Cancel',
  tone = 'danger',
  onConfirm,
  typeToConfirm,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const change = (next: boolean) => {
    if (isWorking) return;
    setTyped('');
    setError(null);
    onOpenChange(next);
  };
  const confirm = async () => {
    setWorking(true);
    setError(null);
    try {
      await onConfirm();
      setTyped('');
      onOpenChange(false);
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : 'That did not work. Try again.');
    } finally {
      setWorking(false);
    }
  };
  const isBlocked = typeToConfirm !== undefined && typed.trim() !== typeToConfirm;
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={change}
      title={title}
      size="sm"
      role="alertdialog"
      footer={
        <>
          <Button
            variant="secondary"
            onPress={() => change(false)}
            isDisabled={isWorking}
            autoFocus={typeToConfirm === undefined}
          >
            {cancelLabel}
          </Button>
          <Button
            variant={tone === 'danger' ? 'danger' : 'primary'}
            isLoading={isWorking}
            isDisabled={isBlocked}
            onPress={() => void confirm()}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {text && <div className="text-base text-muted">{text}</div>}
      {typeToConfirm !== undefined && (
        <TextField
          className="mt-4"
          label={`Type “${typeToConfirm}” to confirm`}
          value={typed}
          onChange={setTyped}
          autoFocus
          autoComplete="off"
        />
      )}
      {error && (
        <p role="alert" className="mt-3 text-sm text-poor-text">
          {error}
        </p>
      )}
    </Dialog>
  );
}
