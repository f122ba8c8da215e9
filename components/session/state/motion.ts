/** How the view moves: quickly, and at once for those who asked for less motion. */
export const motion = {
  get duration(): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 140;
  },
};
