/** The whole thread: ELK's own worker, which listens for graphs. It loads when a layout is tidied for the first time. */
import 'elkjs/lib/elk-worker.min.js';
