// A side sheet for details and forms beside the list; on a phone it comes from the bottom.
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { scrim } from './styles.ts';

export type DrawerProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description?: ReactNode;
  /** Buttons beside the close cross. */
  actions?: ReactNode;
  footer?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
  isDismissable?: boolean;
  children?: ReactNode;
};

const widths = { sm: 'sm:w-96', md: 'sm:w-[32rem]', lg: 'sm:w-[48rem]' };

export function Drawer({
  isOpen,
  onOpenChange,
  title,
  description,
  actions,
  footer,
  size = 'md',
  isDismissable = true,
  children,
}: DrawerProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      className={cx(scrim, 'flex items-end justify-end sm:items-stretch')}
    >
      <Modal
        className={cx(
          'flex max-h-[92dvh] w-full max-w-full flex-col overflow-hidden rounded-t-ui border-line bg-raised shadow-float max-sm:border-t sm:h-full sm:max-h-none sm:rounded-none sm:border-l',
          'entering:animate-slide-up sm:entering:animate-slide-end',
          widths[size],
        )}
      >
        <Dialog data-modal="true" className="flex min-h-0 flex-1 flex-col outline-none">
          {({ close }) => (
            <>
              <header className="flex items-start gap-3 border-b border-line px-5 py-3">
                <div className="min-w-0 flex-1 py-1">
                  <Heading slot="title" className="text-lg font-semibold text-ink">
                    {title}
                  </Heading>
                  {description && <div className="mt-0.5 text-base text-muted">{description}</div>}
                </div>
                {actions}
                <IconButton label="Close" hideTooltip icon={<X />} size="sm" onPress={close} className="mt-1 -mr-1.5" />
              </header>
              <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
              {footer && (
                <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3 max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))]">
                  {footer}
                </footer>
              )}
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
