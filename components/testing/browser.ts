/** The size that everything has here: nothing is laid out, but what asks for a size gets one. */
const width = 1280;
const height = 800;

class FakeResizeObserver implements ResizeObserver {
  readonly #tell: ResizeObserverCallback;
  readonly #seen = new Set<Element>();
  constructor(tell: ResizeObserverCallback) {
    this.#tell = tell;
  }
  observe(target: Element): void {
    this.#seen.add(target);
    queueMicrotask(() => {
      if (!this.#seen.has(target)) return;
      const box = [{ inlineSize: width, blockSize: height }];
      const contentRect = new DOMRect(0, 0, width, height);
      this.#tell(
        [
          {
            ...{ target, contentRect, borderBoxSize: box, contentBoxSize: box },
            devicePixelContentBoxSize: box,
          },
        ],
        this,
      );
    });
  }
  unobserve(target: Element): void {
    this.#seen.delete(target);
  }
  disconnect(): void {
    this.#seen.clear();
  }
}

class FakeIntersectionObserver implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}

/** A matrix as React Flow reads it from a transform: its scale alone. */
class FakeMatrix {
  readonly m22: number;
  constructor(transform: string) {
    this.m22 = Number(/scale\(([^)]+)\)/.exec(transform)?.[1] ?? 1);
  }
}

/** No pointer is coarse, no screen narrow, nobody asks for less motion: a desk. */
const wide = (query: string): MediaQueryList => {
  const least = /min-width:\s*(\d+)/.exec(query)?.[1];
  return Object.assign(new EventTarget(), {
    matches:
      /hover: hover|pointer: fine/.test(query) || (least !== undefined && Number(least) <= width),
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
};

/**
 * No style sheet of ours is loaded, so an element has the styles that it has itself. jsdom would match all rules that
 * libraries add for each question, and queries by role ask for every element and all around it.
 */
function ownStyle(element: Element): CSSStyleDeclaration {
  const hidden = element instanceof HTMLElement && element.hidden;
  const own =
    element instanceof HTMLElement || element instanceof SVGElement
      ? element.style
      : document.documentElement.style;
  const read = (name: string): string => {
    if (name === 'display' && hidden) return 'none';
    const value = own.getPropertyValue(name);
    if (value !== '') return value;
    if (name === 'display') return inline.has(element.localName) ? 'inline' : 'block';
    return name === 'visibility' ? 'visible' : '';
  };
  return new Proxy(own, {
    get(_, name) {
      if (name === 'getPropertyValue') return read;
      if (name === 'display' || name === 'visibility') return read(name);
      const value: unknown = Reflect.get(own, name);
      return typeof value === 'function' ? value.bind(own) : value;
    },
  });
}
/** Names of what people can press or read have no space between these. */
const inline = new Set([
  ...['a', 'abbr', 'b', 'bdi', 'code', 'del', 'em', 'i', 'ins', 'kbd', 'label', 'mark', 'q', 's'],
  ...['small', 'span', 'strong', 'sub', 'sup', 'svg', 'time', 'u', 'path', 'circle', 'rect', 'g'],
]);

const nothing = () => undefined;
const noRects = (): DOMRectList => Object.assign([], { item: () => null });

/** Gives jsdom what browsers have and it has not. */
export function completeBrowser(): void {
  Object.assign(globalThis, {
    ResizeObserver: FakeResizeObserver,
    IntersectionObserver: FakeIntersectionObserver,
    DOMMatrixReadOnly: FakeMatrix,
    matchMedia: wide,
    CSS: { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&'), supports: () => false },
  });
  window.getComputedStyle = ownStyle;
  window.scrollTo = nothing;
  Object.assign(Element.prototype, {
    scrollIntoView: nothing,
    scrollTo: nothing,
    hasPointerCapture: () => false,
    setPointerCapture: nothing,
    releasePointerCapture: nothing,
    getAnimations: () => [],
  });
  Object.assign(Range.prototype, {
    getClientRects: noRects,
    getBoundingClientRect: () => new DOMRect(),
  });
  Object.assign(SVGElement.prototype, { getBBox: () => new DOMRect(0, 0, 10, 10) });
  Object.defineProperties(HTMLElement.prototype, {
    offsetWidth: { configurable: true, get: () => width },
    offsetHeight: { configurable: true, get: () => height },
  });
}
