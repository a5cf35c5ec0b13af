// DOOR 3 of the products room.
import { Package } from 'lucide-react';
import type { WebModule } from '../../../kernel/web/module.ts';

export const productsWeb: WebModule = {
  name: 'products',
  nav: [
    {
      id: 'products',
      href: '/products',
      label: 'Products',
      icon: Package,
      order: 70,
      group: 'Data',
      shortcut: 'g c',
      permission: 'products.read',
    },
  ],
  pages: [
    {
      path: '/products',
      title: 'Products',
      load: () => import('./Products.tsx'),
      nav: 'products',
      permission: 'products.read',
    },
  ],
  creators: [
    {
      id: 'product',
      label: 'Product',
      icon: Package,
      order: 70,
      load: () => import('./AddProduct.tsx'),
      permission: 'products.write',
    },
  ],
  hits: { product: { label: 'Products', href: ({ id }) => `/products?product=${id}`, icon: Package } },
  live: { 'product.': ['products.'] },
};

export { ProductField } from './pickers.tsx';
