/** Duration of view changes: short, and none with reduced motion. */
export const motion = {
  get duration(): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 140;
  },
};
