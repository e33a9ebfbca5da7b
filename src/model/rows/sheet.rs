//! The declaration of a sheet.

/// Declares a sheet: the struct of its rows, its columns as constants, how cells become values, and a method for each
/// column on a row within a scope.
///
/// ```text
/// sheet! {
///     /// A budget year.
///     FiscalYear = "Exercices", exercice, exercices, named by "Code", seen by Sight::PUBLIC,
///     "Un exercice budgétaire par ligne.",
///     { key: &[Self::CODE] }
///     {
///         /// Its code.
///         code CODE: Code = "Code" { example: "2021" };
///     }
/// }
/// ```
macro_rules! sheet {
    (
        $(#[$meta:meta])*
        $record:ident = $name:literal, $row:ident, $rows:ident, named by $says:literal, seen by $sight:expr,
        $about:literal,
        { $($option:ident: $setting:expr),* $(,)? }
        {
            $(
                $(#[$field_meta:meta])*
                $field:ident $column:ident: $type:ty = $heading:literal $({ $($attribute:ident: $value:expr),* $(,)? })?;
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $record {
            $($field: <$type as $crate::model::rows::Type>::Held,)+
        }

        const _: () = {
            use $crate::model::rows::{At, Link, Record, Type};
            use $crate::records::{Column, Field, Sheet};

            #[allow(non_camel_case_types, reason = "the places of the columns, by the names of their fields")]
            enum Index { $($field),+ }

            #[allow(clippy::needless_update, reason = "a column may say everything of itself")]
            impl $record {
                $(
                    $(#[$field_meta])*
                    pub const $column: &'static Column = &Column {
                        $($($attribute: $value,)*)?
                        ..Column::new(
                            $heading,
                            Index::$field as usize,
                            <$type as Type>::KIND,
                            <$type as Type>::REQUIRED,
                        )
                    };
                )+
            }

            impl Record for $record {
                const NAME: &'static str = $name;
                const SAYS: &'static str = $says;
                const SHEET: &'static Sheet = &Sheet {
                    $($option: $setting,)*
                    ..Sheet::new($name, stringify!($row), stringify!($rows), $about, &[$(Self::$column),+])
                };
                const SIGHT: $crate::model::rows::Sight<Self> = $sight;

                fn take(cell: &mut dyn FnMut(&'static Column) -> Option<Field>) -> Self {
                    Self { $($field: <$type as Type>::take(cell(Self::$column)),)+ }
                }

                fn field(&self, index: usize) -> Option<Field> {
                    match index {
                        $(index if index == Index::$field as usize => <$type as Type>::field(&self.$field),)+
                        _ => None,
                    }
                }

                fn links(&self, index: usize) -> &[Link] {
                    match index {
                        $(index if index == Index::$field as usize => <$type as Type>::links(&self.$field),)+
                        _ => &[],
                    }
                }

                fn links_mut(&mut self, index: usize) -> &mut [Link] {
                    match index {
                        $(index if index == Index::$field as usize => <$type as Type>::links_mut(&mut self.$field),)+
                        _ => &mut [],
                    }
                }
            }

            impl<'s> At<'s, $record> {
                $(
                    $(#[$field_meta])*
                    #[must_use]
                    pub fn $field(self) -> <$type as Type>::Read<'s> {
                        let (record, scope) = self.read(<$record>::$column);
                        <$type as Type>::read(&record.$field, scope)
                    }
                )+
            }
        };
    };
}
pub(in crate::model) use sheet;
