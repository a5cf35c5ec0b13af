// Gallery: pickers, choices, secrets, files.
import { LayoutGrid, List, Rows3 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { DateField } from '../DateField.tsx';
import { DatePicker } from '../DatePicker.tsx';
import { type DroppedFile, FileDrop } from '../FileDrop.tsx';
import {
  CodeText,
  ComboBox,
  CopyField,
  type Option,
  OtpField,
  PasswordField,
  RadioGroup,
  SegmentedControl,
  Slider,
  Switch,
} from '../index.ts';
import { MultiSelect } from '../MultiSelect.tsx';
import { QrCode } from '../QrCode.tsx';
import { Part, Row, wait } from './Part.tsx';

const towns: Option[] = [
  'Amsterdam',
  'Bergen',
  'Córdoba',
  'Dublin',
  'Edinburgh',
  'Florence',
  'Gdańsk',
  'Hamburg',
  'Innsbruck',
  'Jena',
  'Kraków',
].map((label) => ({
  value: label.toLowerCase(),
  label,
}));

export function MoreFieldsSection() {
  const [town, setTown] = useState<Option | null>(towns[3] ?? null);
  const [remote, setRemote] = useState<Option | null>(null);
  const [several, setSeveral] = useState<string[]>(['dublin', 'jena']);
  const [date, setDate] = useState<string | null>('2026-12-31');
  const [isOn, setOn] = useState(true);
  const [plan, setPlan] = useState<string>('b');
  const [look, setLook] = useState('list');
  const [weight, setWeight] = useState(35);
  const [secret, setSecret] = useState('seven green elephants');
  const [code, setCode] = useState('402');
  const [files, setFiles] = useState<DroppedFile[]>([
    { id: '1', name: 'accounts.csv', size: 1_482_220, progress: 0.4 },
    { id: '2', name: 'old-format.xls', size: 20_220, error: 'Save it as XLSX or CSV and try again.' },
  ]);
  const load = useCallback(async (query: string) => {
    await wait(400);
    return towns
      .filter((option) => option.label.toLowerCase().includes(query.toLowerCase()))
      .map((option) => ({ ...option, description: 'From the server' }));
  }, []);
  return (
    <>
      <Part name="ComboBox, MultiSelect">
        <ComboBox label="Town" options={towns} value={town} onChange={setTown} />
        <ComboBox
          label="Town, from the server"
          load={load}
          value={remote}
          onChange={setRemote}
          onCreate={(label) => setRemote({ value: label, label })}
          description="Searches while you type"
        />
        <ComboBox label="With an error" options={towns} value={null} onChange={setTown} error="Choose a town." />
        <MultiSelect label="Towns" options={towns} value={several} onChange={setSeveral} />
        <MultiSelect
          label="Towns, none yet"
          options={towns}
          value={[]}
          onChange={setSeveral}
          error="Choose at least one."
        />
      </Part>
      <Part name="DateField, DatePicker">
        <DateField label="Date" value={date} onChange={setDate} />
        <DatePicker label="Date with calendar" value={date} onChange={setDate} minValue="2026-01-01" />
        <DatePicker label="Empty" value={null} onChange={setDate} error="A date is needed." />
        <DatePicker label="Disabled" value={date} onChange={setDate} isDisabled size="sm" />
      </Part>
      <Part name="Switch, RadioGroup, SegmentedControl, Slider">
        <Switch
          label="Send a mail every Monday"
          description="To everyone in the team"
          isSelected={isOn}
          onChange={setOn}
        />
        <Switch label="Disabled" isSelected={false} onChange={setOn} isDisabled />
        <RadioGroup
          label="As a list"
          value={plan}
          onChange={setPlan}
          orientation="horizontal"
          options={[
            { value: 'a', label: 'Every week' },
            { value: 'b', label: 'Every month' },
            { value: 'c', label: 'Never', isDisabled: true },
          ]}
        />
        <RadioGroup
          label="As cards"
          value={plan}
          onChange={setPlan}
          variant="cards"
          orientation="horizontal"
          options={[
            { value: 'a', label: 'Short', description: 'Three questions, two minutes' },
            { value: 'b', label: 'Full', description: 'All questions, about a quarter of an hour' },
          ]}
        />
        <Row>
          <SegmentedControl
            label="Look"
            value={look}
            onChange={setLook}
            options={[
              { value: 'list', label: 'List', icon: <List /> },
              { value: 'board', label: 'Board', icon: <LayoutGrid /> },
              { value: 'rows', label: 'Rows', icon: <Rows3 /> },
            ]}
          />
          <SegmentedControl
            label="Look, icons"
            hideText
            size="sm"
            value={look}
            onChange={setLook}
            options={[
              { value: 'list', label: 'List', icon: <List /> },
              { value: 'board', label: 'Board', icon: <LayoutGrid /> },
            ]}
          />
        </Row>
        <Slider label="Weight" value={weight} onChange={setWeight} formatValue={(value) => `${value} %`} />
        <Slider label="Disabled" value={20} onChange={setWeight} isDisabled />
      </Part>
      <Part name="PasswordField, OtpField, CopyField, QrCode">
        <PasswordField
          label="New password"
          value={secret}
          onChange={setSecret}
          autoComplete="new-password"
          hasStrength
        />
        <OtpField label="Code from your app" value={code} onChange={setCode} description="Six digits" />
        <CopyField label="Key" value="okm_live_8s7df68sd7f6s87df6sd78f6s8d7f6s8d7f" />
        <p>
          Run <CodeText>npm start</CodeText> and open the address it prints.
        </p>
        <QrCode
          value="otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXP"
          label="Adds this sign-in to an authenticator app"
        />
      </Part>
      <Part name="FileDrop" wide>
        <FileDrop
          label="Drop your files here"
          hint="CSV or XLSX, up to 20 MB each"
          accept={['.csv', '.xlsx']}
          maxBytes={20_000_000}
          files={files}
          onFiles={(added) =>
            setFiles([...files, ...added.map((file) => ({ id: file.name, name: file.name, size: file.size }))])
          }
          onRemove={(id) => setFiles(files.filter((file) => file.id !== id))}
        />
      </Part>
    </>
  );
}
