'use client';

import { Panel, type ReactFlowState, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { memo, useEffect, useRef, useState } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import { useSession } from '@/components/session/session';
import { throttle } from '@/components/session/state/throttle';
import { boundsOfMap, type MapTiles, sameTiles, tilesOf } from '@/lib/canvas/map-tiles';
import { stepIdOf } from '@/lib/canvas/run-steps';

const colours: Record<string, string> = {
  running: 'var(--info)',
  retrying: 'var(--warning)',
  waiting: 'var(--warning)',
  succeeded: 'var(--success)',
  failed: 'var(--danger)',
};

/** On a small canvas the map would hide what it is a map of. */
const leastWidth = 720;
const leastHeight = 420;
const size = { width: 160, height: 104 };
/** The map follows moves this often: it is looked at, not worked on. */
const intervalMs = 150;

/** The whole workflow, small: cards in the colours of the run that is shown. A press goes there. */
export function CanvasMap() {
  const room = useStore(({ width, height }) => width >= leastWidth && height >= leastHeight);
  return room ? <OpenMap /> : null;
}

function OpenMap() {
  const tiles = useTiles();
  const view = useStore(viewOf, sameView);
  const bounds = boundsOfMap(tiles.box, view, size);
  const svg = useNavigation(bounds);
  const { x, y, width, height } = bounds;
  return (
    <Panel position="bottom-right" className="react-flow__minimap" style={{ ...size, margin: 12 }}>
      <svg
        ref={svg}
        {...size}
        viewBox={`${x} ${y} ${width} ${height}`}
        role="img"
        aria-label="Map of the workflow"
        className="block touch-none bg-surface"
      >
        <Tiles paths={tiles.paths} />
        <path
          fill="var(--xy-minimap-mask-background-color)"
          fillRule="evenodd"
          d={`M${x} ${y}h${width}v${height}h${-width}zM${view.x} ${view.y}h${view.width}v${view.height}h${-view.width}z`}
        />
      </svg>
    </Panel>
  );
}

/** One path for all tiles of a colour: a thousand steps are as quick as ten. */
const Tiles = memo(function Tiles({ paths }: Pick<MapTiles, 'paths'>) {
  return [...paths].map(([fill, path]) => (
    <path key={fill} fill={fill} d={path} shapeRendering="crispEdges" />
  ));
});

const viewOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState) => ({
  x: -x / zoom,
  y: -y / zoom,
  width: width / zoom,
  height: height / zoom,
});
type Seen = ReturnType<typeof viewOf>;
const sameView = (a: Seen, b: Seen) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

function useTiles(): MapTiles {
  const session = useSession();
  const store = useStoreApi();
  const state = useObservable(session.run, (run) => run?.state);
  const [tiles, setTiles] = useState<MapTiles>(() => tilesOf(store.getState().nodes, noStatus));
  useEffect(() => {
    const colourOf = (nodeId: string) => {
      const stepId = state ? stepIdOf(state, nodeId) : undefined;
      const status = stepId === undefined ? undefined : state?.steps[stepId]?.status;
      return status && colours[status];
    };
    const read = throttle<null>(intervalMs, () => {
      const now = tilesOf(store.getState().nodes, colourOf);
      setTiles((before) => (sameTiles(before, now) ? before : now));
    });
    read.call(null);
    const stop = store.subscribe((now, before) => {
      if (now.nodes !== before.nodes) read.call(null);
    });
    return () => {
      stop();
      read.cancel();
    };
  }, [store, state]);
  return tiles;
}

const noStatus = () => undefined;

/** A press centres the view there, and a drag keeps it centred; the wheel zooms. */
function useNavigation(bounds: Seen) {
  const svg = useRef<SVGSVGElement>(null);
  const latest = useRef(bounds);
  latest.current = bounds;
  const { setCenter, getZoom, zoomTo } = useReactFlow();
  useEffect(() => {
    const map = svg.current;
    if (!map) return undefined;
    /** The map as it was when it was pressed: it would run away from the pointer otherwise. */
    let held: Seen | undefined;
    const go = ({ clientX, clientY }: PointerEvent) => {
      if (!held) return;
      const { left, top } = map.getBoundingClientRect();
      const scale = held.width / size.width;
      const at = { x: held.x + (clientX - left) * scale, y: held.y + (clientY - top) * scale };
      void setCenter(at.x, at.y, { zoom: getZoom() });
    };
    const press = (event: PointerEvent) => {
      if (event.button !== 0) return;
      map.setPointerCapture(event.pointerId);
      held = latest.current;
      go(event);
    };
    const release = () => {
      held = undefined;
    };
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      void zoomTo(getZoom() * 2 ** (-event.deltaY / 400));
    };
    map.addEventListener('pointerdown', press);
    map.addEventListener('pointermove', go);
    map.addEventListener('pointerup', release);
    map.addEventListener('pointercancel', release);
    map.addEventListener('wheel', zoom, { passive: false });
    return () => {
      map.removeEventListener('pointerdown', press);
      map.removeEventListener('pointermove', go);
      map.removeEventListener('pointerup', release);
      map.removeEventListener('pointercancel', release);
      map.removeEventListener('wheel', zoom);
    };
  }, [setCenter, getZoom, zoomTo]);
  return svg;
}
