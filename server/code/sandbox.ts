import { lstatSync, readlinkSync } from 'node:fs';

/** Memory that the process around QuickJS may write to, in bytes: V8 reserves most of it without using it. */
const dataBytes = 800_000_000;
/** Seconds of a processor, beyond the longest timeout of a step: the owner's clock comes first. */
const cpuSeconds = 40;

/**
 * The command line of one disposable process in which `program` (a path below `/sandbox`) runs. It sees the folder of
 * the program, this Node and the system's libraries, all for reading; there is nothing else: no network but an own
 * empty one, no environment, no /proc, no /tmp, nobody to send signals to. It stays in the process group in which it is
 * started, by which it is killed: that one must have a session of its own, so that no terminal is reached. File descriptor 3 is the filter of system
 * calls, where there is one.
 */
export function sandboxCommand(
  folder: string,
  program: readonly string[],
  filtered: boolean,
): { file: string; args: string[] } {
  const bwrap = [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--uid', '65534', '--gid', '65534'],
    ...['--clearenv', '--die-with-parent', '--cap-drop', 'ALL'],
    ...['--hostname', 'sandbox'],
    ...['/lib', '/lib64', '/usr/lib', '/usr/lib64'].flatMap(systemFolder),
    ...['--ro-bind', process.execPath, '/node', '--ro-bind', folder, '/sandbox'],
    ...['--remount-ro', '/', '--chdir', '/'],
    ...(filtered ? ['--seccomp', '3'] : []),
  ];
  const node = ['/node', '--max-old-space-size=96', '--disable-wasm-trap-handler', ...program];
  const limits = [
    ...['--nofile=64', '--fsize=0', '--core=0', `--cpu=${cpuSeconds}`, `--data=${dataBytes}`],
  ];
  // Behind the product's own processes, whatever the code does with a processor.
  const behind = ['-n', '10', 'prlimit', ...limits, '--'];
  return { file: 'nice', args: [...behind, 'bwrap', ...bwrap, '--', ...node] };
}

/** A folder of libraries as it is on this system: some have links there. */
function systemFolder(path: string): string[] {
  const kind = lstatSync(path, { throwIfNoEntry: false });
  if (kind === undefined) return [];
  if (kind.isSymbolicLink()) return ['--symlink', readlinkSync(path), path];
  return ['--ro-bind', path, path];
}
