// A modal dialog; on a phone it comes from the bottom and fills the width.
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { scrim } from './styles.ts';

export type DialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description?: ReactNode;
  size?: 'sm' | 'md' | 'lg' | 'xl';
  /** Buttons at the bottom, the main one last. Submit a form inside with `<Button type="submit" form={id}>`. */
  footer?: ReactNode;
  children?: ReactNode;
  /** False while unsaved work would be lost: then only the buttons close it. */
  isDismissable?: boolean;
  role?: 'dialog' | 'alertdialog';
};

const widths = { sm: 'sm:max-w-md', md: 'sm:max-w-lg', lg: 'sm:max-w-2xl', xl: 'sm:max-w-4xl' };

export function Dialog({
  isOpen,
  onOpenChange,
  title,
  description,
  size = 'md',
  footer,
  children,
  isDismissable = true,
  role = 'dialog',
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      className={cx(scrim, 'flex items-end justify-center sm:items-start sm:p-6 sm:pt-[12vh]')}
    >
      <Modal
        className={cx(
          'flex max-h-[92dvh] w-full flex-col overflow-hidden rounded-t-ui border border-line bg-raised shadow-float sm:max-h-[80dvh] sm:rounded-ui',
          'entering:animate-slide-up sm:entering:animate-rise',
          widths[size],
        )}
      >
        <AriaDialog role={role} data-modal="true" className="flex min-h-0 flex-col outline-none">
          {({ close }) => (
            <>
              <header className="flex items-start gap-4 px-5 pt-4 pb-3">
                <div className="min-w-0 flex-1">
                  <Heading slot="title" className="text-lg font-semibold text-ink">
                    {title}
                  </Heading>
                  {description && <div className="mt-1 text-base text-muted">{description}</div>}
                </div>
                {isDismissable && (
                  <IconButton label="Close" hideTooltip icon={<X />} size="sm" onPress={close} className="-mr-1.5" />
                )}
              </header>
              <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
              {footer && (
                <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3 max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))]">
                  {footer}
                </footer>
              )}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
