// Step 3: what only a person can know. Each reading is shown with the file's own values, so that the choice is seen, not guessed.
import { CircleCheck } from 'lucide-react';
import { Badge, Card, EmptyState, RadioGroup, useFormatSettings } from '../../../ui/index.ts';
import type { Import, ImportFile } from '../api.ts';
import type { ImportControl } from './useImport.ts';
import { answerWord, readIn, readingQuestions } from './words.ts';

export function QuestionsStep({ one, control }: { one: Import; control: ImportControl }) {
  const files = one.files.filter((f) => !f.skipped);
  const asked = files.flatMap((file) => readingQuestions(file).map((question) => ({ file, question })));
  if (asked.length === 0)
    return (
      <Card>
        <EmptyState
          icon={<CircleCheck />}
          title="Nothing to ask"
          text="Every date and number in these files can be read in one way only."
        />
      </Card>
    );
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {asked.map(({ file, question }) => (
        <Question
          key={`${file.no} ${question.column}`}
          file={file}
          question={question}
          isAlone={files.length === 1}
          onAnswer={(answer) =>
            void control.change({ files: [{ no: file.no, answers: { [question.column]: answer } }] })
          }
        />
      ))}
    </div>
  );
}

function Question({
  file,
  question,
  isAlone,
  onAnswer,
}: {
  file: ImportFile;
  question: ReturnType<typeof readingQuestions>[number];
  isAlone: boolean;
  onAnswer: (answer: string) => void;
}) {
  const { locale } = useFormatSettings();
  const isDate = question.kind === 'date-format';
  return (
    <Card
      title={
        isDate
          ? `How are the dates in “${question.column}” written?`
          : `How are the numbers in “${question.column}” written?`
      }
      subtitle={[isAlone ? '' : file.name, question.reason].filter(Boolean).join(' · ')}
      actions={question.answer ? <Badge tone="good">Answered</Badge> : <Badge tone="watch">Open</Badge>}
    >
      <RadioGroup
        label={`Reading of ${question.column}`}
        hideLabel
        variant="cards"
        value={question.answer}
        onChange={onAnswer}
        options={question.options.map((option) => ({
          value: option,
          label: answerWord(option),
          description: question.examples
            .slice(0, 3)
            .map((example) => readIn(example, option, locale))
            .join(', '),
        }))}
      />
    </Card>
  );
}
