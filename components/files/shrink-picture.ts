import { isPictureFile } from '@/lib/files/file-types';
import { maxPictureBytes, maxPictureSide } from '@/lib/files/pictures/picture-limits';

/** No model looks at more than that. */
const side = 2_576;

/**
 * A picture as it can be sent: one that is too large, such as a photo of a phone, is made smaller here. All other files,
 * and pictures that the browser cannot draw, stay as they are.
 */
export async function shrinkPicture(file: File): Promise<File> {
  if (!isPictureFile(file.name)) return file;
  try {
    const drawn = await createImageBitmap(file);
    const longest = Math.max(drawn.width, drawn.height);
    if (file.size <= maxPictureBytes && longest <= maxPictureSide) return file;
    const scale = Math.min(1, side / longest);
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(drawn.width * scale)),
      Math.max(1, Math.round(drawn.height * scale)),
    );
    const pen = canvas.getContext('2d');
    if (pen === null) return file;
    // A JPEG has no transparency: what was clear becomes white, as on paper.
    pen.fillStyle = 'white';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(drawn, 0, 0, canvas.width, canvas.height);
    drawn.close();
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.88 });
    return new File([blob], file.name.replace(/\.[^.]+$/, '.jpg'), { type: blob.type });
  } catch {
    return file;
  }
}
