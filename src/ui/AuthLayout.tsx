// The frame of sign-in, sign-up and set-up pages: the mark, one card in the middle, a line below.
import type { ReactNode } from 'react';
import { Logo } from './Logo.tsx';

export type AuthLayoutProps = {
  productName: string;
  title: string;
  text?: ReactNode;
  /** Line under the card: "New here? Sign up". */
  footer?: ReactNode;
  width?: 'sm' | 'md';
  children: ReactNode;
};

export function AuthLayout({ productName, title, text, footer, width = 'sm', children }: AuthLayoutProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center bg-canvas px-4 py-8 sm:justify-center">
      <div className={width === 'sm' ? 'w-full max-w-sm' : 'w-full max-w-lg'}>
        <div className="mb-6 flex justify-center">
          <Logo size={32} name={productName} />
        </div>
        <div className="rounded-ui border border-line bg-surface p-6 shadow-card sm:p-8">
          <h1 className="text-xl font-semibold tracking-tight text-ink">{title}</h1>
          {text && <p className="mt-1 text-base text-muted">{text}</p>}
          <div className="mt-6">{children}</div>
        </div>
        {footer && <div className="mt-5 text-center text-sm text-muted">{footer}</div>}
      </div>
    </main>
  );
}
