import { ApiError, errorOf, parseAnswer } from '../call';

type Options = {
  signal: AbortSignal;
  /** Bytes that have left. */
  onProgress: (bytes: number) => void;
};

/** Nothing moves for so long: the connection is dead, though nobody says so. */
const stalledMs = 45_000;

/**
 * Sends bytes and tells how far they have come, which `fetch` cannot. Throws {@link ApiError}, `offline` also where the
 * connection stalls or the browser goes offline meanwhile; aborts as `fetch` does.
 */
export function sendBytes(
  address: string,
  bytes: Blob,
  { signal, onProgress }: Options,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout>;
    const over = () => {
      clearTimeout(timer);
      removeEventListener('offline', lost);
      signal.removeEventListener('abort', stop);
    };
    const stop = () => {
      over();
      request.abort();
      reject(signal.reason);
    };
    const lost = () => {
      over();
      request.abort();
      reject(offline());
    };
    const moved = () => {
      clearTimeout(timer);
      timer = setTimeout(lost, stalledMs);
    };
    request.open('PUT', address);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => {
      moved();
      onProgress(loaded);
    };
    request.onload = () => {
      over();
      const answer = parseAnswer(request.responseText);
      if (request.status < 400 && answer !== undefined) resolve(answer);
      else reject(errorOf(request.status, answer));
    };
    request.onerror = lost;
    signal.addEventListener('abort', stop, { once: true });
    addEventListener('offline', lost);
    moved();
    request.send(bytes);
  });
}

const offline = () =>
  new ApiError('offline', 0, 'The server did not respond. Check your connection and try again.');
