// Draws a part that another room contributes: its code comes when it is first drawn. What does not come, or breaks, breaks nothing around it.
import { Component, type ComponentType, createElement, lazy, type ReactElement, type ReactNode } from 'react';
import { ErrorState } from '../../ui/index.ts';

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

type Props<P> = {
  load: Load<P>;
  props: P;
  /** For parts that open over the page or may be missing: called instead of showing a message in their place. */
  onFail?: (() => void) | undefined;
};

class Guard<P extends object> extends Component<Props<P>, { hasFailed: boolean }> {
  override state = { hasFailed: false };
  static getDerivedStateFromError = () => ({ hasFailed: true });
  override componentDidCatch() {
    // The next time it is loaded anew: the server may be back, or the new version is here.
    made.delete(this.props.load);
    this.props.onFail?.();
  }
  override render(): ReactNode {
    const { load, props, onFail } = this.props;
    if (!this.state.hasFailed) return createElement(partOf(load), props);
    if (onFail) return null;
    return (
      <ErrorState
        title="This part could not be shown"
        text="The server cannot be reached, or OpenKAM was updated. Nothing you entered is lost."
        onRetry={() => this.setState({ hasFailed: false })}
      />
    );
  }
}

/** Put a Suspense around it. */
export const Slot = <P extends object>(props: Props<P>): ReactElement =>
  createElement(Guard as unknown as ComponentType<Props<P>>, props);
