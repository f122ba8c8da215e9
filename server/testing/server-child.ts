import { type ChildProcess, spawn } from 'node:child_process';

/** The end of the input ends the server too, so that a killed test run leaves nothing behind. */
const keeper = `
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
{ read -r _ <&3; kill "$server"; } 2>/dev/null &
watch=$!
wait "$server"
kill "$watch" 2>/dev/null
wait "$watch" 2>/dev/null
`;

/** Starts a server program that lives no longer than this process. Ending the child's stdin ends the server. */
export function spawnKept(command: string, args: readonly string[]): ChildProcess {
  const child = spawn('/bin/sh', ['-c', keeper, 'ensemble-test', command, ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  return child;
}
