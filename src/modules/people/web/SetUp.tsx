// The first visit: the workspace and its first administrator, then how to begin.
import { useEffect, useState } from 'react';
import { type Beginning, gather, useModules } from '../../../kernel/web/module.ts';
import { currencyOptions } from '../../../ui/currencies.ts';
import { AuthLayout, Banner, Button, PasswordField, Select, TextField } from '../../../ui/index.ts';
import { signIn } from './auth-client.ts';
import { likelyCurrency } from './currencies.ts';
import { createFirstWorkspace, setupNeeded } from './queries.ts';
import { useSubmit } from './useSubmit.ts';

const locale = () => navigator.language || 'en';

export function SetUp() {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    // Once. While it cannot be asked, the form simply stays: the server refuses a second set-up anyway.
    setupNeeded().then(
      (needed) => !needed && location.replace('/'),
      () => {},
    );
  }, []);
  return isDone ? <Begin /> : <FirstWorkspace onDone={() => setDone(true)} />;
}

function FirstWorkspace({ onDone }: { onDone: () => void }) {
  const [options] = useState(() => currencyOptions(locale()));
  const [workspaceName, setWorkspaceName] = useState('');
  const [currency, setCurrency] = useState(() => likelyCurrency(locale()));
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const create = useSubmit(async () => {
    await createFirstWorkspace({
      workspaceName: workspaceName.trim(),
      currency,
      locale: locale(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      name: name.trim(),
      email: email.trim(),
      password,
    });
    await signIn(email.trim(), password);
    onDone();
  });
  const message = create.message('workspaceName', 'currency', 'name', 'email', 'password');

  return (
    <AuthLayout
      productName="OpenKAM"
      width="md"
      title="Welcome"
      text="A minute of set-up. You can change everything but the e-mail later."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run();
        }}
      >
        {message && <Banner tone="poor">{message}</Banner>}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Workspace"
            description="Usually your company’s name."
            autoComplete="organization"
            value={workspaceName}
            onChange={setWorkspaceName}
            error={create.fieldError('workspaceName')}
            maxLength={200}
            isRequired
            autoFocus
          />
          <Select
            label="Currency"
            description="Sums are shown in it; accounts may use others."
            options={options}
            value={currency}
            onChange={setCurrency}
            error={create.fieldError('currency')}
            isRequired
          />
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Your name"
            autoComplete="name"
            value={name}
            onChange={setName}
            error={create.fieldError('name')}
            maxLength={200}
            isRequired
          />
          <TextField
            label="Your e-mail"
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            error={create.fieldError('email')}
            isRequired
          />
        </div>
        <PasswordField
          label="Password"
          description="At least 10 characters. A few words are easier to remember than symbols."
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          error={create.fieldError('password')}
          hasStrength
          isRequired
        />
        <p className="text-sm text-muted">
          You become the administrator: you invite the others and decide what they see.
        </p>
        <Button type="submit" variant="primary" isLoading={create.isBusy} fullWidth>
          Create the workspace
        </Button>
      </form>
    </AuthLayout>
  );
}

function Begin() {
  const ways = gather(useModules(), 'beginnings', () => true);
  const begin = useSubmit(async (way: Beginning) => {
    await way.run?.();
    location.assign(way.href);
  });
  const [chosen, setChosen] = useState<string | null>(null);
  if (ways.length === 0) {
    return (
      <AuthLayout productName="OpenKAM" title="Your workspace is ready">
        <Button variant="primary" onPress={() => location.assign('/')} fullWidth>
          Start
        </Button>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      productName="OpenKAM"
      width="md"
      title="How would you like to begin?"
      footer={
        <Button variant="quiet" size="sm" onPress={() => location.assign('/')}>
          Start with an empty workspace
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {begin.problem && <Banner tone="poor">{begin.problem.message}</Banner>}
        {ways.map((way, index) => (
          <section key={way.id} className="flex gap-4 rounded-ui border border-line p-4 max-sm:flex-col">
            <span
              aria-hidden="true"
              className="grid size-9 shrink-0 place-items-center rounded-ui bg-accent-soft text-accent-text [&_svg]:size-5"
            >
              <way.icon />
            </span>
            <div className="flex min-w-0 flex-1 flex-col gap-1">
              <h2 className="text-base font-semibold text-ink">{way.title}</h2>
              <p className="text-sm text-muted">{way.text}</p>
              <div className="mt-2">
                <Button
                  variant={index === 0 ? 'primary' : 'secondary'}
                  isLoading={begin.isBusy && chosen === way.id}
                  isDisabled={begin.isBusy && chosen !== way.id}
                  onPress={() => {
                    setChosen(way.id);
                    void begin.run(way);
                  }}
                >
                  {way.label}
                </Button>
              </div>
            </div>
          </section>
        ))}
      </div>
    </AuthLayout>
  );
}
