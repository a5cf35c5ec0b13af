// What a room says about its records so that files with them are recognised: fields, their names in the world, their types.

export type FieldType =
  | 'text'
  | 'longtext'
  | 'integer'
  | 'decimal'
  | 'percent'
  | 'money'
  | 'date'
  | 'boolean'
  | 'email'
  | 'phone'
  | 'url'
  | 'country'
  | 'currency'
  | 'choice'
  | 'tags'
  | 'id';

/** What a field does for a record beyond being shown. */
export type FieldRole =
  | 'external-id'
  | 'name'
  | 'first-name'
  | 'last-name'
  | 'parent'
  | 'owner'
  | 'account'
  | 'reports-to'
  /** The currency of the amounts in the same row. */
  | 'row-currency'
  /** True: the record is deleted at its source and is passed over. */
  | 'deleted';

export type FieldShape = {
  key: string;
  label: string;
  type: FieldType;
  role?: FieldRole;
  /** Names of the column in the world's files, in any language; separated by `|`. */
  synonyms: string;
  /** Names that look alike and mean something else. */
  not?: string;
  /** The column must be called exactly so; a word more makes it something else ("deal name"). */
  exact?: boolean;
  /** How much it says about the kind of the file; 0.3 when left out. */
  weight?: number;
  /** For `choice`: what may be stored, and the words of files for it. */
  options?: { value: string; words: string }[];
  maxLength?: number;
};

export type EntityShape = {
  entity: string;
  label: string;
  fields: FieldShape[];
  hints: {
    /** Words in the name of the file or sheet. */
    files: string;
    /** First characters of Salesforce ids in the id column, with the weight they have. */
    idPrefixes: Record<string, number>;
    /** Words around the field's name that say nothing new: "billing city", "company phone". */
    noise: string;
    /** Column names that speak against this entity. */
    against: string;
    /** One of these groups of fields has to be mapped: `name`, or `firstName` with `lastName` … */
    needs: string[][];
  };
};
