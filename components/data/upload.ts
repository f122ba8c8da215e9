import { type FileInfo, fileSchema, uploadFile } from '@/lib/files/contract';
import { cleanFileName } from '@/lib/names/name-problem';
import { ApiError, errorOf, parseAnswer, pathOf } from './call';

type Options = {
  signal: AbortSignal;
  /** From 0 to 1, as far as the bytes have left. */
  onProgress: (part: number) => void;
};

/**
 * Uploads a file and tells how far it has come, which `fetch` cannot. Throws {@link ApiError}; aborts as `fetch` does.
 */
export function upload(file: File, { signal, onProgress }: Options): Promise<FileInfo> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', pathOf(uploadFile, { query: { name: cleanFileName(file.name) } }));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = parseAnswer(request.responseText);
      const made = fileSchema.safeParse(answer);
      if (request.status < 400 && made.success) resolve(made.data);
      else reject(errorOf(request.status, answer));
    };
    request.onerror = () =>
      reject(
        new ApiError(
          'offline',
          0,
          'The server did not respond. Check your connection and try again.',
        ),
      );
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
