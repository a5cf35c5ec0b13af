// Oneself: name and title as others see them, role and what it shows, and how the screen looks in this browser.

import { useQueryClient } from '@tanstack/react-query';
import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { call } from '../../../kernel/web/call.ts';
import { useDraft } from '../../../kernel/web/draft.ts';
import { refresh } from '../../../kernel/web/queries.ts';
import { useSession } from '../../../kernel/web/session.ts';
import {
  Banner,
  Button,
  Card,
  KeyValueList,
  PaneHeader,
  SegmentedControl,
  setDensity,
  setTheme,
  TextField,
  toast,
  useDensity,
  useTheme,
} from '../../../ui/index.ts';
import { updateMe } from '../api.ts';
import { LEVEL_WORDS, levelLabel, ROLE_WORDS, roleLabel } from './roleWords.ts';
import { useSubmit } from './useSubmit.ts';

export default function Profile() {
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <PaneHeader title="Profile" text="Who you are to your colleagues, and how OpenKAM looks for you." />
      <AboutMe />
      <Display />
    </div>
  );
}

type Draft = { name: string; title: string };

function AboutMe() {
  const client = useQueryClient();
  const { member } = useSession();
  const [draft, setDraft] = useDraft<Draft>('people.profile');
  const value = draft ?? { name: member.name, title: member.title };
  const isChanged = value.name !== member.name || value.title !== member.title;
  const save = useSubmit(async () => {
    await call(updateMe, { body: { name: value.name, title: value.title } });
    await refresh(client, ['me.', 'members.']);
    setDraft(null);
    toast.show({ title: 'Saved', tone: 'good' });
  });
  const change = (part: Partial<Draft>) => setDraft({ ...value, ...part });

  return (
    <Card title="About you">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        {save.message('name', 'title') && <Banner tone="poor">{save.message('name', 'title')}</Banner>}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Name"
            autoComplete="name"
            value={value.name}
            onChange={(name) => change({ name })}
            error={save.fieldError('name')}
            maxLength={200}
            isRequired
          />
          <TextField
            label="Title"
            description="Such as “Key account manager, Nordics”."
            autoComplete="organization-title"
            value={value.title}
            onChange={(title) => change({ title })}
            error={save.fieldError('title')}
            maxLength={200}
          />
        </div>
        <KeyValueList
          items={[
            { label: 'E-mail', value: member.email },
            { label: 'Role', value: roleLabel(member.role), hint: ROLE_WORDS[member.role as 'kam']?.text },
            { label: 'You see', value: levelLabel(member.level), hint: LEVEL_WORDS[member.level as 'own']?.text },
          ]}
        />
        <p className="text-sm text-muted">An admin changes e-mail, role and what you see.</p>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" isLoading={save.isBusy} isDisabled={!isChanged || !value.name.trim()}>
            Save
          </Button>
          {isChanged && (
            <Button variant="quiet" onPress={() => setDraft(null)} isDisabled={save.isBusy}>
              Discard
            </Button>
          )}
        </div>
      </form>
    </Card>
  );
}

function Display() {
  const theme = useTheme();
  const density = useDensity();
  return (
    <Card title="Display" subtitle="Kept in this browser.">
      <div className="flex flex-col gap-4">
        <Choice label="Colours">
          <SegmentedControl
            label="Colours"
            value={theme}
            onChange={setTheme}
            options={[
              { value: 'system', label: 'As the system', icon: <Monitor /> },
              { value: 'light', label: 'Light', icon: <Sun /> },
              { value: 'dark', label: 'Dark', icon: <Moon /> },
            ]}
          />
        </Choice>
        <Choice label="Rows and fields">
          <SegmentedControl
            label="Rows and fields"
            value={density}
            onChange={setDensity}
            options={[
              { value: 'comfortable', label: 'Comfortable' },
              { value: 'compact', label: 'Compact' },
            ]}
          />
        </Choice>
      </div>
    </Card>
  );
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
      <span aria-hidden="true" className="text-base">
        {label}
      </span>
      {children}
    </div>
  );
}
