// What stands in place of a page that there is not, or not for this member.
import { Compass } from 'lucide-react';
import { Button, EmptyState } from '../../ui/index.ts';

export const NotFound = () => (
  <div className="p-6">
    <EmptyState
      icon={<Compass />}
      title="There is no such page"
      text="The link may be old, or the page may have moved."
      actions={
        <Button href="/" variant="primary">
          Go to the portfolio
        </Button>
      }
    />
  </div>
);

export const NotAllowed = () => (
  <div className="p-6">
    <EmptyState
      icon={<Compass />}
      title="Your role does not open this page"
      text="Ask an administrator of your workspace if you need it."
      actions={<Button href="/">Go to the portfolio</Button>}
    />
  </div>
);
