/** Errors of files and connections, in the words of the C library (strerror). */
const texts = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ENXIO: 'No such device or address',
  EACCES: 'Permission denied',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  EBUSY: 'Device or resource busy',
  ENAMETOOLONG: 'File name too long',
} as const;

const numbers: Readonly<Record<FileErrorCode, number>> = {
  EPERM: 1,
  ENOENT: 2,
  ENXIO: 6,
  EACCES: 13,
  EBUSY: 16,
  EEXIST: 17,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENOSPC: 28,
  EROFS: 30,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
  ELOOP: 40,
};

export type FileErrorCode = keyof typeof texts;

const errors = new Map<FileErrorCode, FileError>();

/** What the kernel refuses; the message is what programs print behind the colon. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: FileErrorCode;

  /** Use `of`, which makes no second error of a code. */
  constructor(code: FileErrorCode) {
    super(texts[code]);
    this.code = code;
  }

  /** The error of a code. Programs run into these all the time, and nobody looks where: there is one of each. */
  static of(code: FileErrorCode): FileError {
    const known = errors.get(code);
    if (known) return known;
    const error = new FileError(code);
    errors.set(code, error);
    return error;
  }

  /** As nginx and others write it: `13: Permission denied`. */
  get numbered(): string {
    return `${numbers[this.code]}: ${this.message}`;
  }
}
