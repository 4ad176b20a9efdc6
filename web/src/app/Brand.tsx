/** The martlet, heraldry's swallow that never lands, with the name beside it. */
export function Brand() {
  return (
    <>
      <svg
        viewBox="0 0 32 32"
        width="1.625rem"
        height="1.625rem"
        aria-hidden="true"
        className="brand-mark"
      >
        <path
          d="M2.5 9.5c4.6-.9 8.600.5 11.300 3.300 1.800-2.500 4.700-4 7.900-3.600 1.600.2 2.900 1 3.700 2.200l4.100 1.300-3.800 1.600c-.2 4.600-3.500 8.300-8 9.200l2.800 5.500-7-4.700-8.500 3.700 4.600-6.100C5.800 19.900 3.400 15.200 2.500 9.500z"
          fill="currentColor"
        />
      </svg>
      <span className="brand-name">Martlet</span>
    </>
  );
}
