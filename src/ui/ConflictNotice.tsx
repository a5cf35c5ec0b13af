// Two people changed the same thing: shows both values of each field and lets the reader choose. Nothing typed is lost.
import type { ReactNode } from 'react';
import { Banner } from './Banner.tsx';
import { Button } from './Button.tsx';

export type ConflictNoticeProps = {
  /** What it is about: "This member". */
  what: string;
  /** The fields that differ. Empty: somebody else has done the same already. */
  fields: readonly { label: string; theirs: ReactNode; mine: ReactNode }[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  isBusy?: boolean;
};

export function ConflictNotice({ what, fields, onKeepMine, onTakeTheirs, isBusy = false }: ConflictNoticeProps) {
  return (
    <Banner tone="watch" title={`${what} was changed meanwhile`}>
      {fields.length === 0 ? (
        'Your values and theirs are the same.'
      ) : (
        <table className="mt-1 w-full text-sm">
          <thead>
            <tr className="text-left">
              <th className="py-0.5 pr-3 font-normal">Field</th>
              <th className="py-0.5 pr-3 font-normal">Theirs</th>
              <th className="py-0.5 font-normal">Yours</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.label} className="align-top">
                <th scope="row" className="py-0.5 pr-3 text-left font-medium">
                  {field.label}
                </th>
                <td className="py-0.5 pr-3 break-words">{field.theirs}</td>
                <td className="py-0.5 break-words">{field.mine}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="mt-3 mb-1 flex flex-wrap gap-2">
        <Button size="sm" variant="primary" onPress={onKeepMine} isLoading={isBusy}>
          Save mine
        </Button>
        <Button size="sm" onPress={onTakeTheirs} isDisabled={isBusy}>
          Take theirs
        </Button>
      </div>
    </Banner>
  );
}
