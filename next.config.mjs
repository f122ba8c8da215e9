const development = process.env.NODE_ENV !== 'production';

// Next writes inline scripts, so they are allowed; scripts, frames and forms of other origins are not.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  // In development Next's own socket may have another port than the page.
  `connect-src 'self'${development ? ' ws: wss:' : ''}`,
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** @type {import('next').NextConfig} */
export default {
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'Content-Security-Policy', value: contentSecurityPolicy },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
      ],
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
