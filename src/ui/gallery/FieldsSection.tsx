// Gallery: everything that takes input.
import { Globe } from 'lucide-react';
import { useState } from 'react';
import {
  Checkbox,
  InlineEdit,
  MoneyField,
  type MoneyValue,
  NumberField,
  SearchField,
  Select,
  TextArea,
  TextField,
} from '../index.ts';
import { Part, Row, wait } from './Part.tsx';

const fruits = ['Apple', 'Banana', 'Cherry', 'Damson', 'Elderberry', 'Fig', 'Grape'].map((label) => ({
  value: label.toLowerCase(),
  label,
}));

export function FieldsSection() {
  const [text, setText] = useState('Some text');
  const [search, setSearch] = useState('');
  const [fruit, setFruit] = useState<string | null>('cherry');
  const [count, setCount] = useState<number | null>(12);
  const [share, setShare] = useState<number | null>(0.175);
  const [money, setMoney] = useState<MoneyValue | null>({ amount: 12_345_678, currency: 'EUR' });
  const [name, setName] = useState('Click to edit me');
  const [note, setNote] = useState('');
  return (
    <>
      <Part name="TextField">
        <TextField label="Name" value={text} onChange={setText} isRequired />
        <TextField
          label="Web address"
          defaultValue="example.org"
          prefix={<Globe />}
          description="Where people find it"
        />
        <TextField label="With an error" defaultValue="17 March" error="Write the date as 2026-03-17." />
        <TextField label="Disabled" defaultValue="Fixed" isDisabled />
        <TextField label="Small" size="sm" placeholder="Placeholder" suffix="days" />
      </Part>
      <Part name="TextArea, SearchField">
        <TextArea label="Notes" placeholder="Grows with what you type" maxLength={200} />
        <TextArea label="Notes with an error" defaultValue="Too short" error="Write at least a sentence." />
        <SearchField label="Search rows" value={search} onChange={setSearch} shortcut="/" />
        <SearchField label="Search again" value="typed" onChange={() => {}} size="sm" />
      </Part>
      <Part name="NumberField, MoneyField">
        <NumberField label="Count" value={count} onChange={setCount} unit="days" minValue={0} />
        <NumberField label="Count, fixed" value={7} onChange={() => {}} unit="days" isDisabled />
        <NumberField label="Share" value={share} onChange={setShare} isPercent step={0.005} hideStepper />
        <MoneyField label="Amount" value={money} onChange={setMoney} currencies={['EUR', 'USD', 'JPY']} />
        <MoneyField
          label="Amount, one currency"
          value={null}
          onChange={() => {}}
          currencies={['EUR']}
          error="An amount is needed."
        />
      </Part>
      <Part name="Select">
        <Select label="Fruit" options={fruits} value={fruit} onChange={setFruit} onClear={() => setFruit(null)} />
        <Select label="Empty" options={fruits} value={null} onChange={setFruit} description="One of seven" />
        <Select
          label="With an error"
          options={fruits}
          value={null}
          onChange={setFruit}
          error="Choose a fruit."
          isRequired
        />
        <Row>
          <Select
            label="Quiet, small"
            hideLabel
            size="sm"
            variant="quiet"
            options={fruits}
            value={fruit}
            onChange={setFruit}
            className="w-36"
          />
          <Select
            label="Disabled"
            hideLabel
            size="sm"
            options={fruits}
            value="fig"
            onChange={setFruit}
            isDisabled
            className="w-36"
          />
        </Row>
      </Part>
      <Part name="Checkbox">
        <Checkbox defaultSelected>Chosen</Checkbox>
        <Checkbox>Not chosen</Checkbox>
        <Checkbox isIndeterminate>Some of them</Checkbox>
        <Checkbox isDisabled>Disabled</Checkbox>
        <Checkbox isInvalid description="Needed to go on">
          I have read it
        </Checkbox>
      </Part>
      <Part name="InlineEdit">
        <InlineEdit label="Title" value={name} onSave={(next) => wait(700).then(() => setName(next))} />
        <InlineEdit
          label="Note"
          kind="textarea"
          value={note}
          placeholder="Add a note"
          onSave={(next) => wait(300).then(() => setNote(next))}
        />
        <InlineEdit
          label="Choice"
          kind="select"
          options={fruits}
          value={fruit ?? ''}
          onSave={(next) => wait(300).then(() => setFruit(next))}
        />
        <InlineEdit label="Date" kind="date" value="2026-11-22" onSave={() => wait(300)} />
        <InlineEdit
          label="Refused"
          value="Change me and see"
          onSave={() =>
            wait(500).then(() => Promise.reject(new Error('Someone else changed it. Reload and try again.')))
          }
        />
        <InlineEdit label="Read only" value="Only to read" isReadOnly onSave={() => {}} />
      </Part>
    </>
  );
}
