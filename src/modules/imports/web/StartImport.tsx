// “Import a file” from anywhere: a dialog that takes the files and leads to the wizard.
import { Dialog } from '../../../ui/index.ts';
import DropFiles from './DropFiles.tsx';

export default function StartImport({ onClose }: { onClose: () => void }) {
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Import a file" size="md">
      <DropFiles onDone={onClose} />
    </Dialog>
  );
}
