/** What the built-in client says that it is: the client whose behaviour it has. */
export const clientVersion = {
  Version: '29.7.2',
  ApiVersion: '1.55',
  DefaultAPIVersion: '1.55',
  GitCommit: 'a7dcaa6',
  GoVersion: 'go1.26.8',
  Os: 'linux',
  Arch: 'amd64',
  BuildTime: 'Wed Aug  5 18:23:00 2026',
};
