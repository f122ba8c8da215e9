import '@xyflow/react/dist/style.css';
import { type Node, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { graphOf } from './graph';

const definition = graphOf(500);
const nodes: Node[] = definition.nodes.map(({ id, name, position }) => ({
  id,
  position,
  data: { label: name },
  style: { width: 248, height: 64 },
}));
const edges = definition.edges.map(({ id, source, target }) => ({ id, source, target }));
const movers = [41, 43, 81, 83, 85].map((at) => `n${at}`);

/** The same graph with React Flow alone: nothing is stored, shared or checked. */
function Bare() {
  const [shown, setShown, onNodesChange] = useNodesState(nodes);
  const [links, , onEdgesChange] = useEdgesState(edges);
  useEffect(() => {
    let step = 0;
    const timer = setInterval(() => {
      step += 1;
      const shift = Math.sin(step / 10) * 3;
      setShown((all) =>
        all.map((node) =>
          movers.includes(node.id)
            ? { ...node, position: { x: node.position.x + shift, y: node.position.y } }
            : node,
        ),
      );
    }, 50);
    return () => clearInterval(timer);
  }, [setShown]);
  return (
    <div style={{ position: 'fixed', inset: 0 }}>
      <ReactFlow
        nodes={shown}
        edges={links}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onlyRenderVisibleElements
        minZoom={0.05}
      />
      <textarea
        aria-label="Task"
        style={{ position: 'absolute', right: 0, top: 0, width: 340, height: 400 }}
      />
    </div>
  );
}

createRoot(document.body.appendChild(document.createElement('div'))).render(<Bare />);
