/** A part of the canvas, in canvas coordinates. */
export type Rect = { x: number; y: number; width: number; height: number };
type Viewport = { x: number; y: number; zoom: number };
type Size = { width: number; height: number };

/** What a viewport of this size shows. */
export function shownRect({ x, y, zoom }: Viewport, size: Size): Rect {
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    x: round(-x / zoom),
    y: round(-y / zoom),
    width: round(size.width / zoom),
    height: round(size.height / zoom),
  };
}

/** The viewport of this size that shows all of a rectangle, in its middle. */
export function viewportOn(rect: Rect, size: Size, zooms = { min: 0.1, max: 2 }): Viewport {
  const fits = Math.min(size.width / rect.width, size.height / rect.height);
  const zoom = Math.min(zooms.max, Math.max(zooms.min, fits));
  return {
    x: size.width / 2 - (rect.x + rect.width / 2) * zoom,
    y: size.height / 2 - (rect.y + rect.height / 2) * zoom,
    zoom,
  };
}
