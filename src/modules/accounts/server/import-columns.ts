// The columns of our own export of accounts: what they are called, and which field they are when such a file comes back.

/**
 * Header → field of the import's shape; `ownId` is our id, an empty text a column that only informs. Ids of other systems have columns
 * `Id in <system>`, amounts a second column with their currency.
 */
export const ownColumns: Record<string, string> = {
  'OpenKAM account id': 'ownId',
  Name: 'name',
  'Parent id': 'parentId',
  'Parent name': 'parentName',
  'Owner e-mail': 'ownerEmail',
  'Owner name': 'ownerName',
  'Sponsor name': 'sponsorName',
  Tier: 'tier',
  Status: 'status',
  Type: 'type',
  Industry: 'industry',
  Country: 'country',
  Region: 'region',
  City: 'city',
  Street: 'street',
  'Postal code': 'postalCode',
  Website: 'website',
  Phone: 'phone',
  Employees: 'employees',
  'Annual revenue': 'annualRevenue',
  ARR: 'arr',
  Potential: 'potential',
  'Customer since': 'customerSince',
  'Renewal on': 'renewalOn',
  Tags: 'tags',
  Description: 'description',
  'Created at': '',
  'Updated at': '',
};
