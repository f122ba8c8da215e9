import { endianness } from 'node:os';

/**
 * The filter of system calls, as the kernel's classic BPF (`struct sock_filter`: u16 code, u8 jt, u8 jf, u32 k, see
 * seccomp(2)). It stands behind the walls of namespaces: no sockets, no new programs but the one that is started, no
 * tracing, no mounts, no keys, no other way to the kernel's larger parts.
 *
 * Undefined for processors whose numbers are not listed: there the namespaces stand alone.
 */
export function syscallFilter(arch: NodeJS.Architecture): Buffer | undefined {
  const numbers = denied[arch];
  if (numbers === undefined || endianness() !== 'LE') return undefined;
  const rows: Row[] = [
    [load, 0, 0, 4],
    [equal, 1, 0, numbers.audit],
    [answer, 0, 0, killProcess],
    [load, 0, 0, 0],
    // The numbers of another calling convention on x86-64 would go past the list.
    [atLeast, 0, 1, 0x4000_0000],
    [answer, 0, 0, refused(eperm)],
    // The C library then makes its threads the older way, which can be looked at.
    [equal, 0, 1, clone3],
    [answer, 0, 0, refused(enosys)],
    ...numbers.calls.flatMap((call): Row[] => [
      [equal, 0, 1, call],
      [answer, 0, 0, refused(eperm)],
    ]),
    [answer, 0, 0, allowed],
  ];
  const bytes = Buffer.alloc(rows.length * 8);
  for (const [index, [code, jt, jf, k]] of rows.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jt, index * 8 + 2);
    bytes.writeUInt8(jf, index * 8 + 3);
    bytes.writeUInt32LE(k, index * 8 + 4);
  }
  return bytes;
}

type Row = [code: number, jt: number, jf: number, k: number];
const [load, equal, atLeast, answer] = [0x20, 0x15, 0x35, 0x06];
const [allowed, killProcess] = [0x7fff_0000, 0x8000_0000];
const refused = (errno: number): number => 0x0005_0000 + errno;
const [eperm, enosys] = [1, 38];
const clone3 = 435;
/** The same on all processors: io_uring_setup, io_uring_enter, io_uring_register, and newer ways to mount. */
const newer = [425, 426, 427, 428, 429, 430, 431, 432, 433, 442];

const denied: Partial<Record<NodeJS.Architecture, { audit: number; calls: number[] }>> = {
  x64: {
    audit: 0xc000_003e,
    calls: [
      // socket, connect, accept, sendto, bind, listen, socketpair, accept4, sendmmsg
      ...[41, 42, 43, 44, 49, 50, 53, 288, 307],
      // fork, vfork, execveat, memfd_create
      ...[57, 58, 322, 319],
      // setpgid, setsid: a sandbox is killed by its process group
      ...[109, 112],
      // ptrace, process_vm_readv, process_vm_writev, pidfd_open, pidfd_getfd, kcmp
      ...[101, 310, 311, 434, 438, 312],
      // mount, umount2, pivot_root, chroot, unshare, setns
      ...[165, 166, 155, 161, 272, 308],
      // add_key, request_key, keyctl, bpf, perf_event_open, userfaultfd
      ...[248, 249, 250, 321, 298, 323],
      // init_module, finit_module, delete_module, kexec_load, name_to_handle_at, open_by_handle_at
      ...[175, 313, 176, 246, 303, 304],
      ...newer,
    ],
  },
  arm64: {
    audit: 0xc000_00b7,
    calls: [
      ...[198, 203, 202, 206, 200, 201, 199, 242, 269],
      ...[281, 279],
      ...[154, 157],
      ...[117, 270, 271, 434, 438, 272],
      ...[40, 39, 41, 51, 97, 268],
      ...[217, 218, 219, 280, 241, 282],
      ...[105, 273, 106, 104, 264, 265],
      ...newer,
    ],
  },
};
