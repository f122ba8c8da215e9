/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // A web process starts in a third of the memory, and is back sooner after a crash.
  experimental: { preloadEntriesOnStart: false },
  // The clone itself, even where a folder above it holds a lock file too.
  turbopack: { root: import.meta.dirname },
  // `npm run check` runs the compiler over the whole tree, once.
  typescript: { ignoreBuildErrors: true },
  // Loaded by Node from node_modules, so that the custom server and the route handlers share one copy.
  serverExternalPackages: [
    '@prisma/adapter-pg',
    '@prisma/client',
    'bullmq',
    'ioredis',
    'pg',
    'pino',
    'socket.io',
    'undici',
    'yjs',
  ],
};
