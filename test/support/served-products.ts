/** The products that the sandbox can be and that GitHub describes. */
export const SERVED_PRODUCTS = [
  'ghes-2.22',
  'ghes-3.4',
  'ghes-3.5',
  'ghes-3.6',
  'ghes-3.7',
  'ghes-3.17',
  'ghes-3.18',
  'ghes-3.19',
  'ghec',
  'dotcom',
] as const
