reset
set encoding utf8
set terminal svg size 900,562 font 'sans-serif,14' background rgb 'white' noenhanced
set output 'plot.svg'
$field0 << EOD
-2.0 0.0 1.0
0.5 0.0 -1.0
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set lmargin 18
set bmargin 4.2
set title 'dense' noenhanced
set xlabel 'unit' noenhanced
set ylabel 'input' noenhanced
set xrange [0.0:1.0]
set xtics ('0' 0.16666666666666666, '1' 0.5, '2' 0.8333333333333333) noenhanced
set yrange [0.0:1.0]
set ytics ('petal_length' 0.75, 'it'."'".'s' 0.25) noenhanced
set palette defined (0 '#004A74', 1 '#0072B2', 2 '#80B9D9', 3 '#F7F7F7', 4 '#EAAF80', 5 '#D55E00', 6 '#8A3D00')
set cbrange [-2.0:2.0]
set cblabel 'weight' noenhanced
unset key
set rmargin 4
plot $field0 matrix using (0.0+($1+0.5)*0.3333333333333333):(0.0+($2+0.5)*0.5):3 with image notitle
