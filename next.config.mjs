/** @type {import('next').NextConfig} */
export default {
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        // The Content-Security-Policy has a nonce of its own for each answer: server/front/content-policy.ts sets it.
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        { key: 'X-Content-Type-Options', value: 'nosniff' },
      ],
    },
    {
      // But for what other sites may show in a frame; the same is said in the policy.
      source: '/((?!embed/).*)',
      headers: [{ key: 'X-Frame-Options', value: 'DENY' }],
    },
  ],
  // Nothing uses it, and it would fetch what it is told to.
  images: { unoptimized: true },
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
