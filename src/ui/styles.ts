// Class strings which several components share, so that fields, popovers and menus look alike everywhere.

/** The box of a text-like control: same height, border and focus for inputs, selects and dates. */
export const controlBox =
  'flex w-full min-w-0 items-center rounded-ui border border-line-strong bg-surface text-base text-ink transition-colors ' +
  'focus-within:outline-2 focus-within:outline-offset-0 focus-within:outline-focus ' +
  // A stepper that has reached its end leaves the field itself in use.
  'has-[[data-disabled]:not([slot=increment],[slot=decrement])]:border-line has-[[data-disabled]:not([slot=increment],[slot=decrement])]:bg-sunken ' +
  'has-[[data-disabled]:not([slot=increment],[slot=decrement])]:text-faint ' +
  'has-[[data-invalid]]:border-poor';

/** The input inside a control box. The box shows the focus. */
export const controlInput = 'min-w-0 flex-1 bg-transparent px-3 outline-none';

export const controlHeight = 'h-control';
export const controlHeightSmall = 'h-control-sm';

/** What floats: menus, lists, pickers. */
export const floatingPanel =
  'rounded-ui border border-line bg-raised text-ink shadow-float outline-none entering:animate-rise exiting:animate-fade-out';

/** A line in a menu or list of options. */
export const floatingItem =
  'flex min-h-control-sm w-full cursor-default select-none items-center gap-2 rounded-inner px-2 py-1 text-base outline-none ' +
  'focus:bg-hover hover:bg-hover selected:font-medium disabled:text-faint data-[focus-visible]:bg-hover';

/** Small heading over a group of options. */
export const floatingHeading = 'px-2 pt-2 pb-1 text-xs font-medium text-faint';

/** Dims the page behind a dialog. */
export const scrim = 'fixed inset-0 z-50 bg-scrim entering:animate-fade-in exiting:animate-fade-out';
