// What a file is, in a word.

const WORDS: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/png': 'Picture',
  'image/jpeg': 'Picture',
  'image/gif': 'Picture',
  'image/webp': 'Picture',
  'image/svg+xml': 'Drawing',
  'text/plain': 'Text',
  'text/csv': 'Table',
  'text/html': 'Web page',
  'application/zip': 'Archive',
};
const BY_ENDING: Record<string, string> = {
  docx: 'Word',
  doc: 'Word',
  xlsx: 'Excel',
  xls: 'Excel',
  pptx: 'PowerPoint',
  ppt: 'PowerPoint',
  csv: 'Table',
  md: 'Text',
  eml: 'E-mail',
  msg: 'E-mail',
};

/** The ending is more telling than the type for office files, which are archives inside. */
export function typeWord(type: string, fileName: string): string {
  const ending = fileName.includes('.') ? fileName.split('.').at(-1)!.toLowerCase() : '';
  return BY_ENDING[ending] ?? WORDS[type] ?? (ending ? ending.toUpperCase() : 'File');
}
