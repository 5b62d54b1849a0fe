/**
 * Explains why a file or folder cannot be read or written, as a clause in brackets behind `cannot be read`. The
 * system's own words (`ENOENT: no such file or directory, open …`) are not for people.
 * @param error the system's; https://man7.org/linux/man-pages/man3/errno.3.html
 */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string') return 'for an unknown reason'
  return WHY[code] ?? `the system says ${code}`
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EBUSY: 'something else uses it',
  EEXIST: 'it is there already',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'it would be larger than is allowed here',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link that leads nowhere',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is no such file',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'there is no such file: what it should lie in is not a folder',
  EPERM: 'this user may not',
  EROFS: 'the disk is read-only',
  ERR_INVALID_ARG_VALUE: 'no file can have this name',
}
