// The columns of our own export of people, one line a person and account, and which field they are when such a file comes back.

/** Header → field of the import's shape; `ownId` is our id, an empty text a column that only informs. */
export const ownColumns: Record<string, string> = {
  'OpenKAM person id': 'ownId',
  Name: 'name',
  'First name': 'firstName',
  'Last name': 'lastName',
  'E-mail': 'email',
  Phone: 'phone',
  Mobile: 'mobile',
  'Account id': 'accountId',
  'Account name': 'accountName',
  Title: 'title',
  Department: 'department',
  'Reports to id': 'reportsToId',
  'Reports to name': 'reportsToName',
  Language: 'language',
  'Do not contact': 'doNotContact',
  Notes: 'notes',
  'Part in the decision': '',
  Stance: '',
  Influence: '',
  'Started on': '',
  'Ended on': '',
  Tags: '',
  'Updated at': '',
};
