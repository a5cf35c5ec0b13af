// Draws a part that another room contributes: its code comes when it is first drawn.
import { type ComponentType, createElement, lazy, type ReactElement } from 'react';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;
const made = new WeakMap<object, unknown>();

/** One lazy component per loader, so that drawing again never loads or mounts again. */
function partOf<P>(load: Load<P>): ComponentType<P> {
  const known = made.get(load) as ComponentType<P> | undefined;
  if (known) return known;
  const part = lazy(load as unknown as Load<object>) as unknown as ComponentType<P>;
  made.set(load, part);
  return part;
}

/** Put a Suspense around it. */
export function Slot<P extends object>({ load, props }: { load: Load<P>; props: P }): ReactElement {
  return createElement(partOf(load), props);
}
