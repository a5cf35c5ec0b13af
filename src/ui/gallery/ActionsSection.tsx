// Gallery: buttons, menus, overlays, toasts.
import { Copy, Download, Ellipsis, Pencil, Plus, Star, Trash2 } from 'lucide-react';
import { useState } from 'react';
import {
  Banner,
  Breadcrumbs,
  Button,
  ConfirmDialog,
  Dialog,
  Drawer,
  IconButton,
  Kbd,
  KeyValueList,
  Link,
  Menu,
  Popover,
  Tabs,
  TextField,
  Tooltip,
  toast,
} from '../index.ts';
import { Part, Row, wait } from './Part.tsx';

const variants = ['primary', 'secondary', 'quiet', 'danger'] as const;

export function ActionsSection() {
  const [open, setOpen] = useState<'dialog' | 'drawer' | 'confirm' | null>(null);
  const [isStarred, setStarred] = useState(true);
  const close = (isOpen: boolean) => !isOpen && setOpen(null);
  return (
    <>
      <Part name="Button" wide>
        {(['sm', 'md', 'lg'] as const).map((size) => (
          <Row key={size}>
            {variants.map((variant) => (
              <Button key={variant} variant={variant} size={size}>
                {variant[0]?.toUpperCase() + variant.slice(1)}
              </Button>
            ))}
            <Button variant="primary" size={size} icon={<Plus />}>
              Create
            </Button>
            <Button size={size} isLoading>
              Saving
            </Button>
            <Button size={size} isDisabled>
              Disabled
            </Button>
            <Button size={size} href="#link" icon={<Download />}>
              As a link
            </Button>
          </Row>
        ))}
      </Part>
      <Part name="IconButton, Tooltip, Kbd">
        <Row>
          <IconButton label="Edit" shortcut="e" icon={<Pencil />} />
          <IconButton label="Copy" icon={<Copy />} variant="secondary" />
          <IconButton label="Star" icon={<Star />} aria-pressed={isStarred} onPress={() => setStarred(!isStarred)} />
          <IconButton label="Delete" icon={<Trash2 />} variant="danger" />
          <IconButton label="Add" icon={<Plus />} variant="primary" size="sm" />
          <IconButton label="Loading" icon={<Plus />} isLoading />
          <IconButton label="Disabled" icon={<Plus />} isDisabled />
          <Tooltip text="Explains in a line" shortcut="g a">
            <Button variant="quiet">Hover me</Button>
          </Tooltip>
        </Row>
        <Row>
          <Kbd keys="mod+k" />
          <Kbd keys="g a" />
          <Kbd keys="shift+e" />
          <Kbd keys="?" />
        </Row>
      </Part>
      <Part name="Link, Breadcrumbs">
        <p>
          A sentence with a <Link href="#link">link inside</Link>, one to{' '}
          <Link href="https://example.org" isExternal>
            elsewhere
          </Link>
          , a{' '}
          <Link href="#name" tone="text">
            name in a list
          </Link>{' '}
          and a{' '}
          <Link href="#quiet" tone="muted">
            quiet one
          </Link>
          .
        </p>
        <Breadcrumbs
          label="Another path"
          items={[
            { label: 'Library', href: '#a' },
            { label: 'Shelf', href: '#b' },
            { label: 'The long name of this page' },
          ]}
        />
      </Part>
      <Part name="Menu, Popover">
        <Row>
          <Menu
            label="Row actions"
            trigger={<IconButton label="More" icon={<Ellipsis />} variant="secondary" />}
            items={[
              { id: 'edit', label: 'Edit', icon: <Pencil />, shortcut: 'e' },
              { id: 'copy', label: 'Copy link', icon: <Copy />, description: 'Opens the same view for others' },
              {
                heading: 'Show',
                items: [
                  { id: 'mine', label: 'Mine', isSelected: true },
                  { id: 'all', label: 'All' },
                ],
              },
              { id: 'line', separator: true },
              { id: 'delete', label: 'Delete', icon: <Trash2 />, tone: 'danger' },
              { id: 'no', label: 'Not allowed', isDisabled: true },
            ]}
          />
          <Popover label="About this number" trigger={<Button>Popover</Button>}>
            <div className="w-64">
              <KeyValueList
                items={[
                  { label: 'Rows', value: '128' },
                  { label: 'As of', value: '21 Nov 2026' },
                ]}
              />
            </div>
          </Popover>
        </Row>
      </Part>
      <Part name="Dialog, Drawer, ConfirmDialog, Toast">
        <Row>
          <Button onPress={() => setOpen('dialog')}>Dialog</Button>
          <Button onPress={() => setOpen('drawer')}>Drawer</Button>
          <Button onPress={() => setOpen('confirm')}>Confirm</Button>
          <Button
            onPress={() =>
              toast.show({
                title: 'Three rows archived',
                tone: 'good',
                action: { label: 'Undo', onAction: () => toast.show({ title: 'Back again' }) },
              })
            }
          >
            Toast with undo
          </Button>
          <Button
            onPress={() =>
              toast.show({ title: 'Not saved', text: 'The server did not answer. Your text is kept.', tone: 'poor' })
            }
          >
            Toast, failed
          </Button>
        </Row>
        <Dialog
          isOpen={open === 'dialog'}
          onOpenChange={close}
          title="New entry"
          description="What is needed at the least; the rest can come later."
          footer={
            <>
              <Button onPress={() => setOpen(null)}>Cancel</Button>
              <Button variant="primary" onPress={() => setOpen(null)}>
                Create
              </Button>
            </>
          }
        >
          <div className="flex flex-col gap-4">
            <TextField label="Name" isRequired autoFocus />
            <TextField label="Web address" type="url" description="With https://" />
          </div>
        </Dialog>
        <Drawer
          isOpen={open === 'drawer'}
          onOpenChange={close}
          title="Details"
          description="Beside the list"
          footer={<Button variant="primary">Save</Button>}
        >
          <KeyValueList
            items={Array.from({ length: 12 }, (_, index) => ({
              label: `Fact ${index + 1}`,
              value: `Value ${index + 1}`,
            }))}
          />
        </Drawer>
        <ConfirmDialog
          isOpen={open === 'confirm'}
          onOpenChange={close}
          title="Delete this workspace?"
          text="All 214 rows go with it. This cannot be taken back."
          confirmLabel="Delete workspace"
          typeToConfirm="acme"
          onConfirm={() => wait(600)}
        />
      </Part>
      <Part name="Tabs" wide>
        <Tabs
          label="Parts"
          items={[
            { id: 'one', label: 'Overview', content: <p className="text-muted">First panel</p> },
            { id: 'two', label: 'People', count: 12, content: <p className="text-muted">Second panel</p> },
            { id: 'three', label: 'Documents', content: <p className="text-muted">Third panel</p> },
            { id: 'four', label: 'Not yet', isDisabled: true },
          ]}
        />
      </Part>
      <Part name="Banner" wide>
        <Banner tone="info" title="You are looking at sample data" actions={<Button size="sm">Import yours</Button>}>
          Nothing here is real.
        </Banner>
        <Banner tone="good">Import finished: 1,204 rows.</Banner>
        <Banner tone="watch" onDismiss={() => {}}>
          The numbers are from yesterday evening.
        </Banner>
        <Banner tone="poor" title="You are offline">
          What you type is kept and sent later.
        </Banner>
      </Part>
    </>
  );
}
