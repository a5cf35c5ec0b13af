// The columns of our own export of people, one line a person and account, and which field they are when such a file comes back.

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
};
