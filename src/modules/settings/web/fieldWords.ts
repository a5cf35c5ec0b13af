// Kinds of custom fields in plain words. Pure.
import type { CustomFieldAnswer } from '../api.ts';

export type Entity = CustomFieldAnswer['entity'];
type Type = CustomFieldAnswer['type'];

export const ENTITY_WORDS: Record<Entity, { label: string; example: string }> = {
  accounts: {
    label: 'Accounts',
    example: 'For example the number of sites, the ERP in use, or the date of the framework contract.',
  },
  people: {
    label: 'People',
    example: 'For example the cost centre they answer for, or the events they like to be asked to.',
  },
};

export const TYPE_WORDS: Record<Type, { label: string; text: string }> = {
  text: { label: 'Text', text: 'A line of words' },
  number: { label: 'Number', text: 'Can be added up and compared' },
  money: { label: 'Money', text: 'An amount with its currency' },
  date: { label: 'Date', text: 'A day' },
  boolean: { label: 'Yes or no', text: 'A tick' },
  choice: { label: 'Choice', text: 'One of a few words that you name' },
  url: { label: 'Link', text: 'The address of a page' },
};

export const typeOptions = (Object.keys(TYPE_WORDS) as Type[]).map((type) => ({
  value: type,
  label: TYPE_WORDS[type].label,
  description: TYPE_WORDS[type].text,
}));

/** Choices as typed, one a line: trimmed, each once, no empty ones. */
export const choicesIn = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];
