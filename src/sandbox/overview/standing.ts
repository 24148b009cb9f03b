/** How something stands: as it should be, on its way there, or not. */
export type Standing = 'well' | 'moving' | 'ill';
