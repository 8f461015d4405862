"""How good life and help are here: assessments by themes, improvements, complaints."""
