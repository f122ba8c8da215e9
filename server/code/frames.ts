/** One message between a sandbox and its owner: its length in bytes (4, big-endian), then UTF-8. */
export function toFrame(text: string): Buffer {
  const body = Buffer.from(text, 'utf8');
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

/** The whole messages of what has come so far, and the bytes behind them. */
export function readFrames(read: Buffer): { frames: string[]; rest: Buffer } {
  const frames: string[] = [];
  let at = 0;
  while (read.length >= at + 4) {
    const end = at + 4 + read.readUInt32BE(at);
    if (read.length < end) break;
    frames.push(read.toString('utf8', at + 4, end));
    at = end;
  }
  return { frames, rest: read.subarray(at) };
}
